import { fetch } from 'undici';
import type { EngineAvailability } from '../../engine-availability.ts';
import type { TranslationEngine } from '../translation-engine.ts';
import type { LineTranslation, ShorterRequest, TranslationOutcome, TranslationRequest } from '../translator.ts';
import { shorterQuestion } from './chat-prompt.ts';
import { askModel, chatServerWords, chatUrl, type ChatServerSettings } from './chat-server.ts';
import { lineWindows } from './line-windows.ts';
import { flawOf, readStrings } from './read-answer.ts';
import { translateWindow, type LineAnswer } from './translate-window.ts';

/**
 * Any language model behind POST /v1/chat/completions: llama.cpp, vLLM, LocalAI, Ollama. It gets lines together with
 * those around them, as arrays of JSON, and what it answers is believed only in the right shape: asked once more, and
 * then line by line. Which languages it knows only the model can say, so it takes every pair.
 */
export function chatTranslator(settings: ChatServerSettings): TranslationEngine {
  return {
    name: 'http',
    model: settings.model,
    pairs: () => Promise.resolve('any'),
    modelFor: () => Promise.resolve(settings.model),
    through: () => Promise.resolve(undefined),
    translate: async (request) => await translate(request, settings),
    shorten: async (request) => await shorten(request, settings),
    availability: async () => await askServer(settings),
  };
}

/** A server that fails ends the translation: its patience is over by then, and another try is another job's. */
async function translate(request: TranslationRequest, settings: ChatServerSettings): Promise<TranslationOutcome> {
  const { lines, signal, onProgress } = request;
  const answers: LineAnswer[] = [];
  for (const window of lineWindows(request)) {
    signal.throwIfAborted();
    const outcome = await translateWindow(window, request, settings);
    if (outcome.kind !== 'lines') return outcome;
    answers.push(...outcome.lines);
    const refusal = refusalOf(answers);
    // It is the model's name, say, that no line can mend.
    if (refusal !== undefined && (answers.length >= TELLING_LINES || answers.length === lines.length))
      return refusal;
    onProgress?.(answers.length / lines.length);
  }
  return { kind: 'translated', lines: answers.map((answer, index) => translationOf(answer, lines[index] ?? '')) };
}

/** So many lines that are refused, and none that is not, say that it is not the lines. */
const TELLING_LINES = 25;

/** Why, where the server has refused all that it was asked for. */
function refusalOf(answers: readonly LineAnswer[]): TranslationOutcome | undefined {
  const asked = answers.filter(({ kind }) => kind !== 'unasked');
  const [first] = asked;
  if (first?.kind !== 'refused' || asked.some(({ kind }) => kind !== 'refused')) return undefined;
  const { failure } = first;
  return failure.kind === 'failed' ? { ...failure, kind: 'refused' } : failure;
}

function translationOf(answer: LineAnswer, line: string): LineTranslation {
  if (answer.kind === 'unasked') return { kind: 'translated', text: line };
  if (answer.kind === 'refused') return { kind: 'untranslated', reason: answer.failure.message };
  return answer;
}

/** Undefined also where the server fails: the job has a translation, if a long one. */
async function shorten(request: ShorterRequest, settings: ChatServerSettings): Promise<string | undefined> {
  const { line, translation, maxCharacters, signal } = request;
  const question = shorterQuestion(request);
  for (const demand of [
    '',
    ` Your last answer was too long, or no JSON array: at most ${maxCharacters} characters.`,
  ]) {
    const answer = await askModel({ ...question, system: question.system + demand }, settings, signal);
    if (answer.kind !== 'answered') return undefined;
    const shorter = readStrings(answer.text, [translation])?.[0]?.trim();
    if (shorter === undefined || Array.from(shorter).length > maxCharacters) continue;
    const isUsable = shorter.length < translation.length && flawOf(shorter, line, request) === undefined;
    if (isUsable) return shorter;
  }
  return undefined;
}

/** Any HTTP answer says that the server is up; only a text could say more. */
async function askServer({ baseUrl, model }: ChatServerSettings): Promise<EngineAvailability> {
  const url = chatUrl(baseUrl);
  try {
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(url, { method: 'OPTIONS', redirect: 'manual', signal });
    await response.body?.cancel();
    return { kind: 'ready', version: '', detail: `${url} (model ${model})` };
  } catch {
    const reason = `${chatServerWords(baseUrl).server} does not answer.`;
    return { kind: 'missing', reason, remedy: 'Start it, or correct SMARTJOBS_TRANSLATION_URL.' };
  }
}
