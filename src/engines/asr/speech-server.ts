import { setTimeout as sleepFor } from 'node:timers/promises';
import { postRecording, type Posted } from './post-recording.ts';
import { RetryPauses } from './retry-pauses.ts';
import { parseServerJson } from './server-json.ts';
import { judgeFailure, notJson, type SpeechServerFailure } from './speech-server-failure.ts';

export type SpeechServerSettings = {
  /** SMARTJOBS_ASR_URL: with or without `/v1` at its end. The operator's own, so any address is allowed. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  /** The most bytes that the server takes in one request; 25 MB where it is absent, as OpenAI has it. */
  readonly maxUploadBytes?: number;
  /** Seconds that a request may take; for tests. */
  readonly timeLimit?: (audioSeconds: number) => number;
  /** Waits so many milliseconds; for tests. Rejects when aborted. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
};

export type SpeechServerAnswer =
  /** `format`: the one that the server took. */
  | { readonly kind: 'answered'; readonly json: unknown; readonly format: AnswerFormat }
  /** The server takes no recording of this size. */
  | { readonly kind: 'too-large'; readonly detail: string }
  | SpeechServerFailure;

/** With words and times, or the text alone. */
export type AnswerFormat = 'verbose_json' | 'json';

export type TranscriptionRequest = {
  readonly wav: Buffer<ArrayBuffer>;
  /** Seconds of audio in it. */
  readonly seconds: number;
  /** What the server may call the language, the likeliest first; empty = it finds out. */
  readonly languages: readonly string[];
  /** '' = none. */
  readonly prompt: string;
  /** To be asked for first. */
  readonly format: AnswerFormat;
  readonly signal: AbortSignal;
};

/** `{base}/v1/audio/transcriptions`, whether or not the base ends in a slash or in /v1. */
export function transcriptionsUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return `${url.origin}${path}/v1/audio/transcriptions`;
}

/**
 * Sends a recording to a server that speaks the OpenAI convention. Asked for words and segments with times; a server
 * that refuses that form (older vLLM does), or the name of the language, is asked once more in another way.
 * Throws the signal's reason when aborted.
 */
export async function transcribe(
  request: TranscriptionRequest,
  settings: SpeechServerSettings,
): Promise<SpeechServerAnswer> {
  const ways = waysToAsk(request);
  for (const [index, { format, language }] of ways.entries()) {
    const fields = formFields(request, settings.model, format, language);
    const posted = await postPatiently(request, settings, fields);
    if (posted.kind === 'body') return readAnswer(posted.text, format, settings);
    if (posted.kind === 'status' && isTooLarge(posted)) return { kind: 'too-large', detail: posted.detail };
    const wayRefused = posted.kind === 'status' && (posted.status === 400 || posted.status === 422);
    if (!wayRefused || index === ways.length - 1) {
      return judgeFailure(posted, settings.baseUrl, timeLimit(request, settings));
    }
  }
  throw new Error('There is always one way to ask.');
}

type Way = { readonly format: AnswerFormat; readonly language: string | undefined };

/** By each name of the language, and by the last of them without times. */
function waysToAsk({ languages, format }: TranscriptionRequest): readonly Way[] {
  const names = languages.length === 0 ? [undefined] : languages;
  const ways = names.map((language) => ({ format, language }));
  return format === 'json' ? ways : [...ways, { format: 'json', language: names.at(-1) }];
}

function formFields(
  { prompt }: TranscriptionRequest,
  model: string,
  format: AnswerFormat,
  language: string | undefined,
): readonly (readonly [string, string])[] {
  const timed = format === 'verbose_json';
  return [
    ['model', model],
    ['response_format', format],
    ...(language === undefined ? [] : ([['language', language]] as const)),
    ...(prompt === '' ? [] : ([['prompt', prompt]] as const)),
    ...(timed ? (['word', 'segment'] as const).map((unit) => ['timestamp_granularities[]', unit] as const) : []),
  ];
}

/** Again and again, with growing pauses, while the server is busy or the connection breaks. */
async function postPatiently(
  request: TranscriptionRequest,
  settings: SpeechServerSettings,
  fields: readonly (readonly [string, string])[],
): Promise<Posted> {
  const { wav, signal } = request;
  const { apiKey, sleep = sleepAbortably } = settings;
  const pauses = new RetryPauses();
  const url = transcriptionsUrl(settings.baseUrl);
  for (;;) {
    const limit = timeLimit(request, settings);
    const posted = await postRecording({ url, apiKey, fields, wav, timeLimit: limit, signal });
    if (!mayPass(posted)) return posted;
    const pause = pauses.next(posted.kind === 'status' ? posted.retryAfter : undefined);
    if (pause === undefined) return posted;
    await sleep(pause, signal);
    signal.throwIfAborted();
  }
}

/** Never mends itself: the name is unknown, or the certificate is not trusted. */
const LASTING = /^(ENOTFOUND|ERR_TLS|ERR_INVALID|.*CERT)/;

function mayPass(posted: Posted): boolean {
  if (posted.kind === 'broken') return !LASTING.test(posted.code ?? '');
  if (posted.kind !== 'status') return false;
  return [408, 425, 429].includes(posted.status) || (posted.status >= 500 && ![501, 505].includes(posted.status));
}

/** By its status, or by the words of servers that have no status for it. */
function isTooLarge({ status, detail }: { readonly status: number; readonly detail: string }): boolean {
  if (status === 413) return true;
  const limit =
    /\b(size|length|duration|content|audio|file)\b.{0,60}\b(limit|exceed\w*|maximum|too (large|long|big))/is;
  return (status === 400 || status === 422) && (limit.test(detail) || /\b(longer|larger) than\b/i.test(detail));
}

function readAnswer(text: string, format: AnswerFormat, { baseUrl }: SpeechServerSettings): SpeechServerAnswer {
  const parsed = parseServerJson(text);
  return parsed === undefined ? notJson(text, baseUrl) : { kind: 'answered', json: parsed.json, format };
}

/** A minute for the server to load its model, and ten times what is heard. */
function timeLimit({ seconds }: TranscriptionRequest, settings: SpeechServerSettings): number {
  return settings.timeLimit?.(seconds) ?? Math.ceil(60 + 10 * seconds);
}

async function sleepAbortably(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Rejects with an error of its own, where the signal's reason is what callers know.
  await sleepFor(milliseconds, undefined, { signal }).catch(() => undefined);
}
