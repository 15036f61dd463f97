import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, fetch, type Response } from 'undici';
import { urlOfApi } from '../../http/url-of-api.ts';

export type SpeechApiSettings = {
  /** SMARTJOBS_TTS_URL: with or without `/v1` at its end. The operator's own, so any address is allowed. */
  readonly baseUrl: string;
  readonly model: string;
  /** The names of its voices; the API has no way to list them. */
  readonly voices: readonly string[];
  readonly apiKey?: string;
  /** Milliseconds before the second and the third try; by default a half and two seconds. */
  readonly retryDelays?: readonly number[];
};

export type SpeechAnswer =
  /** The audio lies in the file, in whatever format the server likes. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export type SpeechQuestion = {
  readonly text: string;
  /** As the server calls it. */
  readonly voice: string;
  readonly audioPath: string;
  readonly signal: AbortSignal;
};

/** Our own time limit decides, not undici's default of 300 s. */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
/** Three minutes of 48 kHz stereo; a chunk of text makes some fifteen seconds. */
const AUDIO_LIMIT = 36 * 1024 * 1024;
const RETRY_DELAYS = [500, 2000];
/** Milliseconds that a server may ask us to wait. */
const LONGEST_DELAY = 30_000;
/** Seconds for the longest chunk on a slow machine: a second for each letter. */
const TIME_LIMIT = 240;

type Try =
  | SpeechAnswer
  | { readonly kind: 'again'; readonly after?: number; readonly last: SpeechAnswer }
  | { readonly kind: 'format' };

export function speechUrl(baseUrl: string): string {
  return urlOfApi(baseUrl, 'audio/speech');
}

/**
 * Asks a server that speaks the OpenAI convention to read a text. WAV is asked for; a server that refuses that format
 * is asked for MP3. What may pass by itself (429, 5xx, a cut connection) is tried three times.
 * Throws the signal's reason when aborted.
 */
export async function askForSpeech(question: SpeechQuestion, settings: SpeechApiSettings): Promise<SpeechAnswer> {
  const delays = settings.retryDelays ?? RETRY_DELAYS;
  let format: 'wav' | 'mp3' = 'wav';
  for (let tries = 0; ;) {
    const outcome: Try = await ask(question, settings, format);
    question.signal.throwIfAborted();
    if (outcome.kind === 'format') {
      if (format === 'mp3') return refused(400, '', settings);
      format = 'mp3';
      continue;
    }
    if (outcome.kind !== 'again') return outcome;
    const delay = delays[tries];
    if (delay === undefined) return outcome.last;
    tries += 1;
    await wait(Math.min(LONGEST_DELAY, Math.max(delay, outcome.after ?? 0)), undefined, {
      signal: question.signal,
    });
  }
}

async function ask(question: SpeechQuestion, settings: SpeechApiSettings, format: 'wav' | 'mp3'): Promise<Try> {
  const { text, voice, audioPath, signal } = question;
  try {
    const response = await fetch(speechUrl(settings.baseUrl), {
      method: 'POST',
      body: JSON.stringify({ model: settings.model, input: text, voice, response_format: format }),
      headers: {
        'content-type': 'application/json',
        ...(settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {}),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT * 1000)]),
      dispatcher: agent,
    });
    const type = response.headers.get('content-type') ?? '';
    if (response.ok && !/^(?:application\/json|text\/)/i.test(type))
      return await keep(response, audioPath, settings);
    return judge(response, withoutKey(await shortBody(response), settings.apiKey), settings);
  } catch (error) {
    return unreachable(error, settings);
  }
}

/** Writes the audio to the file as it comes in. */
async function keep(response: Response, audioPath: string, settings: SpeechApiSettings): Promise<SpeechAnswer> {
  const file = await open(audioPath, 'w');
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += (part as Uint8Array).length;
      if (size > AUDIO_LIMIT) {
        return {
          kind: 'failed',
          message: `${nameOf(settings)} sent more than 36 MiB for one sentence.`,
          detail: '',
        };
      }
      await file.writeFile(part as Uint8Array);
    }
  } finally {
    await file.close();
  }
  if (size > 0) return { kind: 'answered' };
  return { kind: 'failed', message: `${nameOf(settings)} sent no audio.`, detail: '' };
}

async function shortBody(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > 2000) break;
  }
  return text.slice(0, 500);
}

function judge(response: Response, detail: string, settings: SpeechApiSettings): Try {
  const { status } = response;
  if (response.ok) {
    const message = `${nameOf(settings)} answered text and no audio. Is SMARTJOBS_TTS_URL right?`;
    return { kind: 'failed', message, detail };
  }
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const message = `${nameOf(settings)} answered ${status}. Retry the job when that server is well again.`;
    const last = { kind: 'failed', message, detail } as const;
    return { kind: 'again', last, ...(Number.isFinite(seconds) && { after: seconds * 1000 }) };
  }
  const namesFormat = (status === 400 || status === 422) && /response_format|format|wav/i.test(detail);
  return namesFormat ? { kind: 'format' } : refused(status, detail, settings);
}

function refused(status: number, detail: string, settings: SpeechApiSettings): SpeechAnswer {
  const server = nameOf(settings);
  if (status === 401 || status === 403) {
    const message = `${server} refused the API key (${status}). Set SMARTJOBS_TTS_API_KEY.`;
    return { kind: 'unavailable', message };
  }
  if (status === 404 || status === 405) {
    const message = `${server} answered ${status} to POST /v1/audio/speech. Check SMARTJOBS_TTS_URL and SMARTJOBS_TTS_MODEL.`;
    return { kind: 'unavailable', message };
  }
  const message = `${server} refused the text (${status}). Check SMARTJOBS_TTS_MODEL and SMARTJOBS_TTS_VOICES.`;
  return { kind: 'failed', message, detail };
}

function unreachable(error: unknown, settings: SpeechApiSettings): Try {
  const server = nameOf(settings);
  if (error instanceof Error && error.name === 'TimeoutError') {
    const message = `${server} gave no answer in ${TIME_LIMIT} seconds.`;
    return { kind: 'failed', message, detail: error.message };
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const message = `${server} could not be reached${code === undefined ? '' : ` (${code})`}. Start it, or correct SMARTJOBS_TTS_URL.`;
  return { kind: 'again', last: { kind: 'unavailable', message } };
}

/** Some servers tell back the key that they refuse; parts of an answer go into logs. No word is a key of 8. */
function withoutKey(body: string, apiKey: string | undefined): string {
  return apiKey === undefined || apiKey.length < 8 ? body : body.replaceAll(apiKey, '***');
}

/** Without path, user name or password. */
function nameOf({ baseUrl }: SpeechApiSettings): string {
  return `The speech server ${new URL(baseUrl).host}`;
}
