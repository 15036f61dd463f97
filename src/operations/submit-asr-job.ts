import { refuse, refuseValue } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { resolveInput, unknownMedia } from '../jobs/resolve-input.ts';
import type { JobDraft } from '../jobs/smart-job.ts';
import { asrEditingConfig } from './asr-editing-config.ts';
import { refuseLibrary } from './refuse-library.ts';
import { queueFull } from './queue-full.ts';
import { operation } from './services.ts';

/** Speech to text: answers as soon as the job is stored; a worker runs it. */
export const submitAsrJob = operation({
  product: 'ice',
  action: 'SubmitASRJob',
  summary: 'Submits a recording for speech recognition.',
  ramAction: 'ice:SubmitASRJob',
  parameters: {
    InputFile: {
      kind: 'text',
      required: true,
      maxBytes: 4096,
      description:
        'The recording: oss://bucket/key, oss://bucket.oss-<region>.aliyuncs.com/key, the https form of either, a public http(s) URL, or the media id of one of them. An HLS playlist (m3u8) stands for its recording.',
    },
    Title: { kind: 'text', maxBytes: 128, description: 'A title; else `default_title_<CreateTime>`.' },
    Description: { kind: 'text', maxBytes: 128, description: 'A description.' },
    StartTime: { kind: 'clock-time', description: 'Where to begin in the recording; default 00:00:00.' },
    Duration: { kind: 'clock-time', description: 'How much of it to recognize; default: to its end.' },
    EditingConfig: {
      kind: 'json',
      schema: asrEditingConfig,
      maxBytes: 65_536,
      description:
        'JSON: SentenceMaxLength 4-50 (characters; words where words are spaced), EnableSemanticSentenceDetection true or false, HotwordLibraryIdList (the id of one hotword library for ASR; its words when the job runs count), Language (ours: the language spoken, such as en or zh-CN), EnableSpeakerDiarization true or false and SpeakerCount 1-20 (ours: who speaks, told in the result files).',
    },
    UserData: { kind: 'text', maxBytes: 65_536, description: 'Anything; it is returned byte for byte.' },
    Keyword: {
      kind: 'text',
      maxBytes: 1024,
      additive: true,
      description: 'Kept and listed as InputConfig.Keyword; a leftover of a retired job type.',
    },
  },
  answers: [
    { name: 'JobId', type: 'string', description: '32 hex characters.' },
    { name: 'State', type: 'string', description: 'Created.' },
  ],

  async handle({ caller, values }, { jobs, hints, hotwords, media, addressOf, maxWaitingJobs = Infinity }) {
    const resolved = await resolveInput(media, caller.account, values.InputFile);
    if (resolved.kind === 'unknown-media')
      return refuse('InvalidParameter', `'InputFile' is invalid. ${unknownMedia(resolved.mediaId)}`);
    const address = addressOf(resolved.input);
    if (address.kind === 'invalid') return refuse('InvalidParameter', `'InputFile' is invalid. ${address.reason}`);
    if (values.Duration === '00:00:00') return refuseValue('Duration', values.Duration, 'from 00:00:01');
    const noLibrary = await refuseLibrary(caller.account, values.EditingConfig, 'ASR', hotwords);
    if (noLibrary !== undefined) return noLibrary;
    const draft: JobDraft = {
      type: 'ASR',
      title: values.Title,
      description: values.Description,
      userData: values.UserData,
      editingConfig: values.EditingConfig,
      inputFile: values.InputFile,
      keyword: values.Keyword,
      outputBucket: '',
      outputObject: '',
      parameters: { StartTime: values.StartTime, Duration: values.Duration },
    };
    const job = await jobs.submit(caller.account, draft, maxWaitingJobs);
    if ('kind' in job) return queueFull(job);
    hints.submitted();
    return answer({ JobId: job.id, State: job.state });
  },
});
