import type { ServerFailure } from '../../http/server-failure.ts';
import type { LineTranslation, TranslationRequest } from '../translator.ts';
import { windowQuestion } from './chat-prompt.ts';
import { askModel, type ChatServerSettings } from './chat-server.ts';
import { windowOf, type LineWindow } from './line-windows.ts';
import { describeFlaw, flawOf, readStrings, type Flaw } from './read-answer.ts';

/** `unasked`: a line without a letter, `42` or `♪`, which is its own translation. */
export type LineAnswer =
  | LineTranslation
  | { readonly kind: 'unasked' }
  /** The server takes no text like this one. */
  | { readonly kind: 'refused'; readonly failure: ServerFailure };

export type WindowOutcome =
  /** As many as the window has. */
  { readonly kind: 'lines'; readonly lines: readonly LineAnswer[] } | ServerFailure;

type WindowAnswer =
  /** Undefined where the answer was no array of so many strings. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] | undefined }
  /** The server takes no text of this length, or not this one. */
  | { readonly kind: 'refused'; readonly failure: ServerFailure }
  | ServerFailure;

/**
 * Asks for all lines at once; once more where the answer has the wrong shape, or half of it is no translation; and
 * then for each line alone that is still not right. Throws the signal's reason when aborted.
 */
export async function translateWindow(
  window: LineWindow,
  request: TranslationRequest,
  settings: ChatServerSettings,
): Promise<WindowOutcome> {
  const { lines } = window;
  if (!lines.some(hasLetters)) return { kind: 'lines', lines: lines.map(() => ({ kind: 'unasked' })) };
  let answer = await ask(window, request, settings);
  if (answer.kind === 'texts' && isPoor(answer.texts, lines, request)) {
    const complaint = `Your last answer was wrong: answer with a JSON array of exactly ${lines.length} translations.`;
    answer = await ask(window, request, settings, complaint);
  }
  if (answer.kind === 'failed' || answer.kind === 'unavailable') return answer;
  if (answer.kind === 'refused' && lines.length === 1) return { kind: 'lines', lines: [answer] };
  const texts = answer.kind === 'texts' ? answer.texts : undefined;
  const answers: LineAnswer[] = [];
  for (const [index, line] of lines.entries()) {
    const outcome =
      takenAs(texts?.[index], line, request) ?? (await repairLine(window.from + index, request, settings));
    if (outcome.kind === 'failed' || outcome.kind === 'unavailable') return outcome;
    answers.push(outcome);
  }
  return { kind: 'lines', lines: answers };
}

/** Undefined where it is no translation of the line. */
function takenAs(text: string | undefined, line: string, request: TranslationRequest): LineAnswer | undefined {
  if (!hasLetters(line)) return { kind: 'unasked' };
  if (text === undefined || flawOf(text, line, request) !== undefined) return undefined;
  return { kind: 'translated', text: text.trim() };
}

/** Two tries, with the lines around it. A term that is bent by grammar counts in the end: better than no line. */
async function repairLine(
  index: number,
  request: TranslationRequest,
  settings: ChatServerSettings,
): Promise<LineAnswer | ServerFailure> {
  const window = windowOf(request, index, index + 1);
  const line = request.lines[index] ?? '';
  let reason = 'The answer was no JSON array of 1 string.';
  let unhonoured: string | undefined;
  for (const complaint of [false, true]) {
    const answer = await ask(
      window,
      request,
      settings,
      complaint ? `Your last answer was wrong. ${reason}` : undefined,
    );
    if (answer.kind !== 'texts') return answer;
    const text = answer.texts?.[0];
    const flaw = text === undefined ? undefined : flawOf(text, line, request);
    if (text !== undefined && flaw === undefined) return { kind: 'translated', text: text.trim() };
    if (flaw !== undefined) reason = describeFlaw(flaw);
    if (flaw?.kind === 'term') unhonoured = text;
  }
  return unhonoured === undefined
    ? { kind: 'untranslated', reason: `The language model did not translate this line. ${reason}` }
    : { kind: 'translated', text: unhonoured.trim() };
}

async function ask(
  window: LineWindow,
  request: TranslationRequest,
  settings: ChatServerSettings,
  complaint?: string,
): Promise<WindowAnswer> {
  const question = windowQuestion(window, request, request.glossary, complaint);
  const answer = await askModel(question, settings, request.signal);
  return answer.kind === 'answered' ? { kind: 'texts', texts: readStrings(answer.text, window.lines) } : answer;
}

/** Whether it is worth to ask for all lines again. */
function isPoor(
  texts: readonly string[] | undefined,
  lines: readonly string[],
  request: TranslationRequest,
): boolean {
  if (texts === undefined) return true;
  const isFlawed = (line: string, index: number): Flaw | undefined =>
    hasLetters(line) ? flawOf(texts[index] ?? '', line, request) : undefined;
  return lines.filter((line, index) => isFlawed(line, index) !== undefined).length * 2 > lines.length;
}

function hasLetters(line: string): boolean {
  return /\p{L}/u.test(line);
}
