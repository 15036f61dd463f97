import type { SmartJob } from '../jobs/smart-job.ts';

export type AsrParameters = {
  /** Seconds into the recording. */
  readonly start: number;
  /** Seconds to recognize from there; undefined = to the end. */
  readonly duration: number | undefined;
  /** The longest a sentence may be, 4 to 50; undefined where the caller set no limit. */
  readonly sentenceMaxLength: number | undefined;
  /** Whether sentences end where their meaning does, not at every pause. */
  readonly semanticSentences: boolean;
  /** BCP 47; undefined = not said. */
  readonly language: string | undefined;
  /** Whether the job asks who speaks, and among how many; undefined = that is to be found out. */
  readonly speakers: { readonly wanted: boolean; readonly count: number | undefined };
  /** Where no engine takes hotwords: true = the job goes on without them. Absent: it fails. */
  readonly hotwordsMayBeLeft?: true;
};

/** Reads what SubmitASRJob has checked; a value that breaks the rules here is a fault of ours and throws. */
export function asrParameters(job: Pick<SmartJob, 'parameters' | 'editingConfig'>): AsrParameters {
  const config = JSON.parse(job.editingConfig || '{}') as Record<string, unknown>;
  const { SentenceMaxLength: limit, EnableSemanticSentenceDetection: semantic, Language: language } = config;
  const { EnableSpeakerDiarization: diarization, SpeakerCount: count } = config;
  return {
    start: clockSeconds(job.parameters['StartTime'] ?? '') ?? 0,
    duration: clockSeconds(job.parameters['Duration'] ?? ''),
    sentenceMaxLength: typeof limit === 'number' ? limit : undefined,
    semanticSentences: semantic === true,
    language: typeof language === 'string' && language !== '' ? language : undefined,
    speakers: { wanted: diarization === true, count: typeof count === 'number' ? count : undefined },
  };
}

/** Seconds of `HH:MM:SS`; undefined where the text is empty. */
function clockSeconds(text: string): number | undefined {
  if (text === '') return undefined;
  const match = /^(\d{2,}):([0-5]\d):([0-5]\d(?:\.\d{1,3})?)$/.exec(text);
  if (match === null) throw new Error(`'${text}' is not a time of the form HH:MM:SS`);
  const [, hours, minutes, seconds] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** `HH:MM:SS` for messages; fractions are cut. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
