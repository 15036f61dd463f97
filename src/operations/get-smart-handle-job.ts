import { answer, type AnswerObject } from '../gateway/operation.ts';
import { parseJobId } from '../jobs/job-id.ts';
import { listedJob } from '../jobs/listed-job.ts';
import { JOB_FILE_TYPES, type FinishedJob, type SmartJob } from '../jobs/smart-job.ts';
import { jobNotFound } from './job-not-found.ts';
import { operation, type OperationServices } from './services.ts';
import { signedAiResult } from './signed-ai-result.ts';

/** One job with its result, its failure, or how far it has come. */
export const getSmartHandleJob = operation({
  product: 'ice',
  action: 'GetSmartHandleJob',
  summary: 'Gets a job and its result.',
  ramAction: 'ice:GetSmartHandleJob',
  parameters: {
    JobId: { kind: 'text', required: true, description: 'The job.' },
    WithAiResult: { kind: 'ignored', description: 'Sent by older clients; the result always comes with the job.' },
  },
  answers: [
    { name: 'JobId', type: 'string', description: 'The job.' },
    { name: 'State', type: 'string', description: 'Created, Executing, Finished or Failed.' },
    { name: 'UserData', type: 'string', description: 'As submitted, byte for byte.' },
    {
      name: 'Output',
      type: 'string',
      description:
        'The same text as JobResult.AiResult; of a translation into one language at subtitle level the address of its MediaURL. When Finished, and there is one.',
    },
    { name: 'JobResult', type: 'object', description: 'When Finished.' },
    {
      name: 'JobResult.AiResult',
      type: 'string',
      description:
        'A JSON array of `{content, from, to}`: what was said, or spoken, and its seconds in the recording. Charts have none; of translations it is an object, see video-translation.md.',
    },
    { name: 'JobResult.MediaId', type: 'string', description: 'Of the media that the job made.' },
    {
      name: 'JobResult.MediaUrl',
      type: 'string',
      description: 'Where that media is read for an hour, without further rights; another URL at each call.',
    },
    {
      name: 'JobResult.ResultFiles',
      type: 'array',
      additive: true,
      description: 'The files that the server wrote beside the result.',
    },
    {
      name: 'JobResult.ResultFiles[].Type',
      type: 'string',
      additive: true,
      description:
        'Json (words, times, speakers), Srt, Vtt or Text; of charts Poster (PNG) and Gif, where asked for.',
    },
    {
      name: 'JobResult.ResultFiles[].Object',
      type: 'string',
      additive: true,
      description:
        'oss://bucket/key, in a bucket of the account for such files, which go when the job is deleted. Poster and Gif lie beside the video, and stay as it does.',
    },
    { name: 'JobResult.ResultFiles[].Url', type: 'string', additive: true, description: 'As MediaUrl.' },
    {
      name: 'JobResult.Details',
      type: 'object',
      additive: true,
      description:
        'How the result came about: Engine, Model, EngineReason, Voice, Language, AudioSeconds and so on; of charts Sheet, Frames, Notes, and the objects Poster and Gif.',
    },
    { name: 'ErrorCode', type: 'string', description: 'When Failed: why.' },
    { name: 'ErrorMessage', type: 'string', description: 'When Failed: why, and what to do.' },
    { name: 'Progress', type: 'object', additive: true, description: 'How far the job has come.' },
    { name: 'Progress.Percent', type: 'number', additive: true, description: '0 to 100.' },
    { name: 'Progress.Step', type: 'string', additive: true, description: 'The step that runs; empty otherwise.' },
    { name: 'SmartJobInfo', type: 'object', description: 'What was submitted.' },
    { name: 'SmartJobInfo.Title', type: 'string', description: 'As in ListSmartJobs.' },
    { name: 'SmartJobInfo.Description', type: 'string', description: 'As in ListSmartJobs.' },
    { name: 'SmartJobInfo.UserId', type: 'string', description: 'The account. A number in ListSmartJobs.' },
    { name: 'SmartJobInfo.JobType', type: 'string', description: 'As in ListSmartJobs.' },
    { name: 'SmartJobInfo.CreateTime', type: 'string', description: 'As in ListSmartJobs.' },
    { name: 'SmartJobInfo.ModifiedTime', type: 'string', description: 'As in ListSmartJobs.' },
    { name: 'SmartJobInfo.InputConfig', type: 'object', description: '`{InputFile}`.' },
    { name: 'SmartJobInfo.OutputConfig', type: 'object', description: '`{Bucket, Object}`, or `{}`.' },
  ],

  xmlItems: { ResultFiles: 'ResultFile' },

  async handle({ caller, values }, services) {
    const id = parseJobId(values.JobId);
    const job = id === undefined ? undefined : await services.jobs.get(caller.account, id);
    if (job === undefined) return jobNotFound(values.JobId);
    return answer({
      JobId: job.id,
      State: job.state,
      UserData: job.userData,
      ...outcome(job, services),
      Progress: progress(job),
      SmartJobInfo: info(job),
    });
  },
});

/** A failure has other names here than in an error answer: a success must not carry Code, see the older clients. */
function outcome(job: SmartJob, services: OperationServices): AnswerObject {
  if (job.state === 'Finished') {
    const { output, aiResult } = job.result;
    const shown = job.type === 'VideoTranslation' ? signedAiResult(job.account, aiResult, services) : aiResult;
    return {
      Output: (output === aiResult ? shown : output) || undefined,
      JobResult: jobResult(job, shown, services),
    };
  }
  if (job.state === 'Failed') return { ErrorCode: job.failure.code, ErrorMessage: job.failure.message };
  return {};
}

function jobResult({ account, result }: FinishedJob, aiResult: string, services: OperationServices): AnswerObject {
  const { linkTo } = services.outputs;
  const { mediaId, mediaObject, files, details } = result;
  const written = JOB_FILE_TYPES.flatMap((type) => {
    const object = files?.[type];
    return object === undefined ? [] : [{ Type: type, Object: object, Url: linkTo(account, object) }];
  });
  return {
    AiResult: aiResult || undefined,
    MediaId: mediaId,
    MediaUrl: mediaObject === undefined ? undefined : linkTo(account, mediaObject),
    ResultFiles: written.length === 0 ? undefined : written,
    Details: details,
  };
}

function progress(job: SmartJob): AnswerObject {
  if (job.state === 'Executing') return { Percent: job.progress.percent, Step: job.progress.step };
  return { Percent: job.state === 'Finished' ? 100 : 0, Step: '' };
}

function info(job: SmartJob): AnswerObject {
  const { Title, Description, JobType, CreateTime, ModifiedTime, InputConfig, OutputConfig } = listedJob(job);
  return {
    Title,
    Description,
    UserId: job.account,
    JobType,
    CreateTime,
    ModifiedTime,
    InputConfig: { InputFile: InputConfig.InputFile },
    OutputConfig,
  };
}
