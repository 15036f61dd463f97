import { refuse, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import type { JobDraft } from '../jobs/smart-job.ts';
import { castSpeech, type CastFault } from '../pipelines/tts-cast.ts';
import { ttsEditingConfig } from '../pipelines/tts-editing-config.ts';
import { readSpeechRequest, type SpeechRequest } from '../pipelines/tts-request.ts';
import { queueFull } from './queue-full.ts';
import { refuseOutput } from './refuse-output.ts';
import { operation, type OperationServices } from './services.ts';
import { submitWithMedia } from './submit-with-media.ts';
import { readOutput, ttsOutputConfig, type TtsOutput } from './tts-output.ts';

const parameters = {
  EditingConfig: {
    kind: 'json',
    required: true,
    schema: ttsEditingConfig,
    maxBytes: 65_536,
    description:
      'JSON: voice (an id of ListSmartVoiceGroups; default: the first that it lists for the language of the text), format PCM, WAV or MP3 (default MP3), volume 0-100 (default 50), speech_rate and pitch_rate -500 to 500 (default 0), sample_rate 8000, 16000, 22050, 24000 or 48000 (default: that of the voice).',
  },
  InputConfig: {
    kind: 'text',
    required: true,
    description:
      'The text itself, plain or SSML, or both in turn: at most 10,000 characters, tags not counted. What the attributes of `<speak>` say goes before EditingConfig.',
  },
  OutputConfig: {
    kind: 'json',
    required: true,
    schema: ttsOutputConfig,
    maxBytes: 4096,
    description:
      'JSON: bucket (made if it is missing) and object, the key without an extension: .mp3, .wav or .pcm is put behind it by the format, unless it stands there.',
  },
  Overwrite: {
    kind: 'boolean',
    default: true,
    description:
      'Whether an object that is there is overwritten; with false the call is refused, or the job fails.',
  },
  Title: { kind: 'text', maxBytes: 128, description: 'A title; else `default_title_<CreateTime>`.' },
  Description: { kind: 'text', maxBytes: 1024, description: 'A description.' },
  UserData: { kind: 'text', maxBytes: 512, description: 'Anything; it is returned byte for byte.' },
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** Text to speech: answers as soon as the job is stored; a worker runs it. The media id resolves when it has. */
export const submitAudioProduceJob = operation({
  product: 'ice',
  action: 'SubmitAudioProduceJob',
  summary: 'Submits a text to be spoken.',
  ramAction: 'ice:SubmitAudioProduceJob',
  parameters,
  answers: [
    { name: 'JobId', type: 'string', description: '32 hex characters.' },
    {
      name: 'MediaId',
      type: 'string',
      description: 'Of the recording; 32 hex characters. Normal when it is there.',
    },
    { name: 'State', type: 'string', description: 'Created.' },
  ],

  async handle({ caller: { account }, values }, services) {
    const read = readSpeechRequest(values.InputConfig, values.EditingConfig);
    if (read.kind === 'refused') return refuseSpeech(read, 'InputConfig');
    const { request } = read;
    const output = readOutput(values.OutputConfig, request.format);
    if (output.kind === 'refused') return output;
    const refusal =
      (await refuseCast(request, services)) ??
      (await refuseOutput(account, output, values.Overwrite, services.objects));
    if (refusal !== undefined) return refusal;
    const submitted = await submitWithMedia(account, draftOf(values, output), 'audio', services);
    if ('kind' in submitted) return queueFull(submitted);
    const { job, mediaId } = submitted;
    return answer({ JobId: job.id, MediaId: mediaId, State: job.state });
  },
});

/** Where nobody knows which voices there are, the job finds out. */
async function refuseCast(request: SpeechRequest, { voices }: OperationServices): Promise<Refusal | undefined> {
  if (voices === undefined) return undefined;
  const outcome = castSpeech(request, await voices());
  if (outcome.kind === 'cast') return undefined;
  const isOfVoice = outcome.code === 'UnknownVoice' || outcome.code === 'NoVoice';
  return refuseSpeech(outcome, isOfVoice ? request.voiceField : 'InputConfig');
}

function refuseSpeech({ code, message }: CastFault, field: string): Refusal {
  const isBeyond = code === 'UnsupportedSsml' || code === 'NoVoice';
  return refuse(isBeyond ? 'InvalidParameter.NotSupport' : 'InvalidParameter', `'${field}' is invalid. ${message}`);
}

function draftOf(values: Values, { bucket, key }: TtsOutput): JobDraft {
  return {
    type: 'TextToSpeech',
    title: values.Title,
    description: values.Description,
    userData: values.UserData,
    editingConfig: values.EditingConfig,
    inputFile: values.InputConfig,
    keyword: '',
    outputBucket: bucket,
    outputObject: key,
    parameters: { Overwrite: String(values.Overwrite) },
  };
}
