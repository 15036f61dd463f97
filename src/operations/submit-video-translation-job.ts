import { parseSubtitles } from '../engines/subtitles/parse-subtitles.ts';
import { chooseVoice } from '../engines/tts/voices/choose-voice.ts';
import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import type { ParameterTable, ParameterValues } from '../gateway/parameter-table.ts';
import type { AccountId } from '../jobs/account.ts';
import { parseJobId } from '../jobs/job-id.ts';
import type { JobDraft } from '../jobs/smart-job.ts';
import type { TokenOutcome } from '../jobs/submit-token.ts';
import {
  translationEditing,
  translationInput,
  translationOutput,
} from '../pipelines/translation/translation-config.ts';
import { isSubtitleText } from '../pipelines/translation/subtitle-text.ts';
import {
  ORIGINAL_INPUT,
  readTranslationSettings,
  translationTargets,
  type TranslationSettings,
} from '../pipelines/translation/translation-settings.ts';
import { queueFull } from './queue-full.ts';
import { refuseInput } from './refuse-input.ts';
import { refuseLibrary } from './refuse-library.ts';
import { operation, type OperationServices } from './services.ts';
import { CLIENT_TOKEN, readSubmitToken, refuseUsedToken } from './submit-once.ts';
import { submitWithMedia } from './submit-with-media.ts';
import { readTranslationOutput, type TranslationOutput } from './translation-output.ts';
import { bringsTranslation, refuseSettings, refuseUnserved } from './translation-refusals.ts';

const ACTION = 'SubmitVideoTranslationJob';
const BY_THE_SYSTEM = {
  kind: 'ignored',
  description: 'Filled in by the system: of signing, not of the job.',
} as const;

const parameters = {
  InputConfig: {
    kind: 'json',
    required: true,
    schema: translationInput,
    maxBytes: 131_072,
    description:
      'JSON: Type Video, Audio or Subtitle; Video, Audio, Subtitle: the file, as oss://bucket/key, the https form of it, a public http(s) URL, or a media id; Video and Audio also an HLS playlist (m3u8) of it; Subtitle may also be the text of the file. Subtitle beside Video or Audio is read where TextSource is SubtitleFile.',
  },
  OutputConfig: {
    kind: 'json',
    required: true,
    schema: translationOutput,
    maxBytes: 8192,
    description:
      'JSON: MediaURL, oss://bucket/key or its https form (the bucket is made if it is missing, an object that is there is overwritten), ending in .mp4 for Video, .wav for Audio, .srt (ours: or .vtt) for Subtitle, with {language_id} in its name where there are several languages; Width and Height 128-4096 (default: as the source; one alone keeps the proportions); OutputTarget OSS, nothing else.',
  },
  EditingConfig: {
    kind: 'json',
    required: true,
    schema: translationEditing,
    maxBytes: 131_072,
    description:
      'JSON: TargetLanguage, codes separated by commas; SourceLanguage (default: the one that is heard); NeedSpeechTranslate true or false (default false: subtitles only); TextSource OCR_ASR, ASR, OCR, SubtitleFile, ALL (default OCR_ASR); DetextArea, BilingualSubtitle, CustomSrtType, SubtitleTranslate, SpeechTranslate, FECanvas, HotwordLibraryIdList, and Glossary (ours): see video-translation.md.',
  },
  Title: { kind: 'text', maxBytes: 128, description: 'A title; else `default_title_<CreateTime>`.' },
  Description: { kind: 'text', maxBytes: 1024, description: 'A description.' },
  UserData: { kind: 'text', maxBytes: 512, description: 'Anything; it is returned byte for byte.' },
  ClientToken: CLIENT_TOKEN,
  Signature: BY_THE_SYSTEM,
  // Misspelled on the wire as well.
  SignatureMehtod: BY_THE_SYSTEM,
  SignatureNonce: BY_THE_SYSTEM,
  SignatureType: BY_THE_SYSTEM,
  SignatureVersion: BY_THE_SYSTEM,
} as const satisfies ParameterTable;

type Values = ParameterValues<typeof parameters>;

/** A video, a sound or a subtitle in other languages: answers as soon as the job is stored; a worker runs it. */
export const submitVideoTranslationJob = operation({
  product: 'ice',
  action: ACTION,
  summary: 'Submits a video, a sound or a subtitle to be translated.',
  ramAction: 'ice:SubmitVideoTranslationJob',
  parameters,
  // An envelope of its own, unlike the other submits: so the service has it.
  answers: [
    { name: 'Success', type: 'boolean', description: 'true.' },
    { name: 'Data', type: 'object', description: 'The job.' },
    { name: 'Data.JobId', type: 'string', description: '32 hex characters.' },
  ],

  async handle({ caller: { account }, values }, services) {
    const token = readSubmitToken(ACTION, parameters, values);
    if (token !== undefined && 'kind' in token) return token;
    const known = token === undefined ? undefined : await services.jobs.findToken(account, token);
    if (known !== undefined) return answerKnown(known);
    const refused = refuseUnserved(
      translationEditing.parse(JSON.parse(values.EditingConfig)),
      translationOutput.parse(JSON.parse(values.OutputConfig)),
    );
    if (refused !== undefined) return refused;
    const read = await readSettings(account, values, services);
    if ('kind' in read) return read;
    const { settings } = read;
    const refusal =
      refuseSettings(settings) ??
      (await refuseInputs(account, settings, services)) ??
      (await refuseLibrary(account, values.EditingConfig, 'VideoTranslation', services.hotwords)) ??
      (await refusePairs(settings, services)) ??
      (await refuseVoices(settings, services));
    if (refusal !== undefined) return refusal;
    const output = await readTranslationOutput(account, settings, services);
    if ('kind' in output) return output;
    const draft = draftOf(values, read, output);
    const outputs = translationTargets(draft, settings);
    const submitted = await submitWithMedia(account, draft, MEDIA_TYPES[settings.input.type], services, {
      outputs,
      token,
    });
    if (!('kind' in submitted)) return answerJob(submitted.job.id);
    return submitted.kind === 'queue-full' ? queueFull(submitted) : answerKnown(submitted);
  },
});

const MEDIA_TYPES = { Video: 'video', Audio: 'audio', Subtitle: 'text' } as const;

function answerJob(JobId: string) {
  return answer({ Success: true, Data: { JobId } });
}

function answerKnown(known: TokenOutcome) {
  return known.kind === 'repeated' ? answerJob(known.jobId) : refuseUsedToken();
}

type ReadSettings = {
  readonly settings: TranslationSettings;
  /** As they go into the job. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** A second pass goes on with what the first one was made from, also where that job is deleted meanwhile. */
async function readSettings(
  account: AccountId,
  { InputConfig, OutputConfig, EditingConfig }: Values,
  { jobs }: OperationServices,
): Promise<ReadSettings | Refusal> {
  const given = { InputConfig, OutputConfig, EditingConfig };
  const settings = readTranslationSettings(given);
  const { originalJobId, level } = settings;
  if (originalJobId === undefined) return { settings, parameters: given };
  const field = `EditingConfig.${level === 'speech' ? 'SpeechTranslate' : 'SubtitleTranslate'}.OriginalJobId`;
  const id = parseJobId(originalJobId);
  const original = id === undefined ? undefined : await jobs.get(account, id);
  if (original === undefined) {
    const text = `'${field}' is invalid, input: ${originalJobId}. The account has no job of this id.`;
    return refuse('InvalidParameter.JobNotFound', text);
  }
  if (original.type !== 'VideoTranslation' || original.state !== 'Finished') {
    const found = `this one is a job of type ${original.type}, ${original.state}`;
    return refuseValue(field, originalJobId, `a job of type VideoTranslation that is Finished; ${found}`);
  }
  const { type, media } = readTranslationSettings(original.parameters).input;
  const all = { ...given, [ORIGINAL_INPUT]: JSON.stringify({ type, media }) };
  return { settings: readTranslationSettings(all), parameters: all };
}

async function refuseInputs(
  account: AccountId,
  { input }: TranslationSettings,
  services: OperationServices,
): Promise<Refusal | undefined> {
  const { type, media, subtitle } = input;
  const field = 'InputConfig.Subtitle';
  return (
    (await refuseInput(account, `InputConfig.${type}`, media, services)) ??
    (subtitle !== undefined && isSubtitleText(subtitle)
      ? refuseSubtitleText(field, subtitle)
      : await refuseInput(account, field, subtitle, services))
  );
}

/** What the job says of a file that it reads. */
function refuseSubtitleText(field: string, text: string): Refusal | undefined {
  const parsed = parseSubtitles(text);
  if (parsed.kind === 'parsed') return undefined;
  return refuse('InvalidParameter', `'${field}' is invalid, line ${parsed.line}: ${parsed.message}`);
}

/** Where the source language is yet to be heard, the job finds out. */
async function refusePairs(
  settings: TranslationSettings,
  { translation }: OperationServices,
): Promise<Refusal | undefined> {
  const { source, targets } = settings;
  if (translation === undefined || source === undefined || bringsTranslation(settings)) return undefined;
  for (const target of targets) {
    const message = await translation.refusal({ source, target });
    if (message === undefined) continue;
    return refuse(
      'InvalidParameter.NotSupport',
      `'EditingConfig.TargetLanguage' is invalid, input: ${target}. ${message}`,
    );
  }
  return undefined;
}

/** Where nobody knows which voices there are, the job finds out. */
async function refuseVoices(
  { level, targets, voice }: TranslationSettings,
  { voices }: OperationServices,
): Promise<Refusal | undefined> {
  if (level !== 'speech' || voices === undefined) return undefined;
  const available = await voices();
  for (const language of targets) {
    const choice = chooseVoice(voice ?? '', available, { language });
    if (choice.kind === 'voice') continue;
    const isUnknown = choice.kind === 'unknown-voice';
    const field = isUnknown ? 'EditingConfig.SpeechTranslate.VoiceConfig.Voice' : 'EditingConfig.TargetLanguage';
    return refuse(
      isUnknown ? 'InvalidParameter' : 'InvalidParameter.NotSupport',
      `'${field}' is invalid. ${choice.message}`,
    );
  }
  return undefined;
}

function draftOf(
  values: Values,
  { settings, parameters: given }: ReadSettings,
  { bucket, key }: TranslationOutput,
): JobDraft {
  const { media, subtitle } = settings.input;
  return {
    ...{ type: 'VideoTranslation', title: values.Title, description: values.Description },
    ...{ userData: values.UserData, editingConfig: values.EditingConfig },
    ...{ inputFile: media ?? subtitle ?? '', keyword: '', outputBucket: bucket, outputObject: key },
    parameters: given,
  };
}
