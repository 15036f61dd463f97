import { fetch } from 'undici';
import type { EngineAvailability } from '../engine-availability.ts';
import { cutSpeechWav } from '../media/speech-wav.ts';
import { speechSeconds, type SpeechSegment } from '../vad/speech-segments.ts';
import type { AsrEngine, AsrOutcome, AsrRequest, TimedWord } from './asr-engine.ts';
import { promptOf } from './hotword-prompt.ts';
import { languageHints } from './server-language.ts';
import { speechServerWords } from './speech-server-words.ts';
import {
  transcribe,
  transcriptionsUrl,
  type AnswerFormat,
  type SpeechServerAnswer,
  type SpeechServerSettings,
} from './speech-server.ts';
import { transcriptionOf, type Transcription } from './transcription-answer.ts';
import { longestWindow, SHORTEST_WINDOW, speechWithin, uploadWindows } from './upload-windows.ts';

/** What was found out about the server, so that it is not asked in vain for each window of each job. */
type Learned = { longest: number; format: AnswerFormat };

/**
 * Any server that speaks the OpenAI convention, POST /v1/audio/transcriptions: speaches, LocalAI, whisper.cpp, vLLM.
 * It is sent 16 kHz WAV, which all of them read, and only the parts where somebody speaks. Which languages it knows
 * only the server can say, so it takes every job.
 */
export function openAiHttp(settings: SpeechServerSettings): AsrEngine {
  const learned: Learned = { longest: longestWindow(settings.maxUploadBytes), format: 'verbose_json' };
  return {
    name: `speech server ${new URL(settings.baseUrl).host}`,
    takesHotwords: true,
    supports: () => true,
    recognize: async (request) => await recognize(request, settings, learned),
    availability: async () => await askServer(settings),
  };
}

async function recognize(
  request: AsrRequest,
  settings: SpeechServerSettings,
  learned: Learned,
): Promise<AsrOutcome> {
  const { speech, onProgress } = request;
  const total = speechSeconds(speech);
  const heard: (Transcription & { readonly seconds: number })[] = [];
  let windows = uploadWindows(speech, learned.longest);
  for (let window = windows.shift(); window !== undefined; window = windows.shift()) {
    onProgress(1 - speechSeconds(speechWithin(speech, { from: window.from, to: Infinity })) / total);
    const answer = await send(request, window, settings, learned);
    if (answer.kind === 'too-large') {
      const half = (window.to - window.from) / 2;
      if (half < SHORTEST_WINDOW) return refusedSize(settings, 2 * half, answer.detail);
      learned.longest = Math.min(learned.longest, half);
      windows = uploadWindows(speechWithin(speech, { from: window.from, to: Infinity }), learned.longest);
      continue;
    }
    if (answer.kind !== 'answered') return answer;
    learned.format = answer.format;
    const sent = { window, speech: speechWithin(speech, window), prompt: promptOf(request.hotwords ?? []) };
    const transcription = transcriptionOf(answer.json, sent);
    if (transcription === undefined) return notATranscript(settings, answer.json);
    heard.push({ ...transcription, seconds: window.to - window.from });
  }
  const language = languageOf(heard);
  return { kind: 'recognized', words: inOrder(heard), ...(language !== undefined && { language }) };
}

async function send(
  { wavPath, language, hotwords = [], signal }: AsrRequest,
  { from, to }: SpeechSegment,
  settings: SpeechServerSettings,
  { format }: Learned,
): Promise<SpeechServerAnswer> {
  const wav = await cutSpeechWav(wavPath, from, to);
  const languages = language === undefined ? [] : languageHints(language);
  const prompt = promptOf(hotwords);
  return await transcribe({ wav, seconds: to - from, languages, prompt, format, signal }, settings);
}

function inOrder(heard: readonly Transcription[]): TimedWord[] {
  return heard.flatMap(({ words }) => words);
}

/** What most of the speech is in: of a recording in two languages, windows differ. */
function languageOf(heard: readonly (Transcription & { readonly seconds: number })[]): string | undefined {
  const seconds = new Map<string, number>();
  for (const { language, words, seconds: more } of heard) {
    if (language !== undefined && words.length > 0) seconds.set(language, (seconds.get(language) ?? 0) + more);
  }
  return [...seconds].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function refusedSize({ baseUrl }: SpeechServerSettings, seconds: number, detail: string): AsrOutcome {
  const message = `${speechServerWords(baseUrl).server} refuses even ${seconds.toFixed(1)} seconds of 16 kHz WAV as too large. Raise its limit for uploads.`;
  return { kind: 'failed', message, detail };
}

function notATranscript({ baseUrl }: SpeechServerSettings, json: unknown): AsrOutcome {
  const message = `${speechServerWords(baseUrl).server} answered JSON that holds no transcript. Is SMARTJOBS_ASR_URL right?`;
  return { kind: 'failed', message, detail: (JSON.stringify(json) ?? '').slice(0, 500) };
}

/** Any HTTP answer says that the server is up; only a recording could say more. */
async function askServer(settings: SpeechServerSettings): Promise<EngineAvailability> {
  const url = transcriptionsUrl(settings.baseUrl);
  try {
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(url, { method: 'OPTIONS', redirect: 'manual', signal });
    await response.body?.cancel();
    return { kind: 'ready', version: '', detail: `${url} (model ${settings.model})` };
  } catch {
    const reason = `The speech server at ${new URL(url).host} does not answer.`;
    return { kind: 'missing', reason, remedy: 'Start it, or correct SMARTJOBS_ASR_URL.' };
  }
}
