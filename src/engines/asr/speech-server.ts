import { FormData } from 'undici';
import type { Posted } from '../http/post-once.ts';
import { postPatiently, type Sleep } from '../http/post-patiently.ts';
import { judgeFailure, notJson, type ServerFailure } from '../http/server-failure.ts';
import { parseServerJson } from '../http/server-json.ts';
import { urlOfApi } from '../http/url-of-api.ts';
import { speechServerWords } from './speech-server-words.ts';

export type SpeechServerSettings = {
  /** SMARTJOBS_ASR_URL: with or without `/v1` at its end. The operator's own, so any address is allowed. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  /** The most bytes that the server takes in one request; 25 MB where it is absent, as OpenAI has it. */
  readonly maxUploadBytes?: number;
  /** Seconds that a request may take; for tests. */
  readonly timeLimit?: (audioSeconds: number) => number;
  /** For tests. */
  readonly sleep?: Sleep;
};

export type SpeechServerAnswer =
  /** `format`: the one that the server took. */
  | { readonly kind: 'answered'; readonly json: unknown; readonly format: AnswerFormat }
  /** The server takes no recording of this size. */
  | { readonly kind: 'too-large'; readonly detail: string }
  | ServerFailure;

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

export function transcriptionsUrl(baseUrl: string): string {
  return urlOfApi(baseUrl, 'audio/transcriptions');
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
    const posted = await post(request, settings, fields);
    if (posted.kind === 'body') return readAnswer(posted.text, format, settings);
    if (posted.kind === 'status' && isTooLarge(posted)) return { kind: 'too-large', detail: posted.detail };
    const wayRefused = posted.kind === 'status' && (posted.status === 400 || posted.status === 422);
    if (!wayRefused || index === ways.length - 1) {
      return judgeFailure(posted, speechServerWords(settings.baseUrl), timeLimit(request, settings));
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

async function post(
  request: TranscriptionRequest,
  settings: SpeechServerSettings,
  fields: readonly (readonly [string, string])[],
): Promise<Posted> {
  const { wav, signal } = request;
  const { baseUrl, apiKey, sleep } = settings;
  const body = new FormData();
  body.set('file', new Blob([wav], { type: 'audio/wav' }), 'audio.wav');
  for (const [name, value] of fields) body.append(name, value);
  const url = transcriptionsUrl(baseUrl);
  return await postPatiently({ url, apiKey, body, timeLimit: timeLimit(request, settings), signal }, sleep);
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
  return parsed === undefined
    ? notJson(text, speechServerWords(baseUrl))
    : { kind: 'answered', json: parsed.json, format };
}

/** A minute for the server to load its model, and ten times what is heard. */
function timeLimit({ seconds }: TranscriptionRequest, settings: SpeechServerSettings): number {
  return settings.timeLimit?.(seconds) ?? Math.ceil(60 + 10 * seconds);
}
