import { fetch } from 'undici';
import type { EngineAvailability } from '../../engine-availability.ts';
import type { TranslationEngine } from '../translation-engine.ts';
import type { LineTranslation, ShorterRequest, TranslationOutcome, TranslationRequest } from '../translator.ts';
import { shorterQuestion } from './chat-prompt.ts';
import { askModel, chatServerWords, chatUrl, type ChatServerSettings } from './chat-server.ts';
import { lineWindows } from './line-windows.ts';
import { flawOf, readStrings } from './read-answer.ts';
import { translateWindow } from './translate-window.ts';

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
  const translations: LineTranslation[] = [];
  for (const window of lineWindows(lines)) {
    signal.throwIfAborted();
    const outcome = await translateWindow(window, request, settings);
    if (outcome.kind === 'refused') {
      // Not one line was taken so far: it is the model's name, or something else that no line can mend.
      if (!translations.some(({ kind }) => kind === 'translated')) return outcome.failure;
      const reason = 'The language model server refused this line.';
      translations.push(...window.lines.map(() => ({ kind: 'untranslated', reason }) as const));
    } else if (outcome.kind === 'lines') translations.push(...outcome.lines);
    else return outcome;
    onProgress?.(translations.length / lines.length);
  }
  return { kind: 'translated', lines: translations };
}

/** Undefined also where the server fails: the job has a translation, if a long one. */
async function shorten(request: ShorterRequest, settings: ChatServerSettings): Promise<string | undefined> {
  const { line, translation, maxCharacters, glossary, signal } = request;
  const question = shorterQuestion(request);
  for (const demand of [
    '',
    ` Your last answer was too long, or no JSON array: at most ${maxCharacters} characters.`,
  ]) {
    const answer = await askModel({ ...question, system: question.system + demand }, settings, signal);
    if (answer.kind !== 'answered') return undefined;
    const shorter = readStrings(answer.text, 1)?.[0]?.trim();
    if (shorter === undefined || Array.from(shorter).length > maxCharacters) continue;
    const isUsable = shorter.length < translation.length && flawOf(shorter, line, glossary) === undefined;
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
