import type { ServerFailure } from '../../http/server-failure.ts';
import type { LineTranslation, TranslationRequest } from '../translator.ts';
import { windowQuestion } from './chat-prompt.ts';
import { askModel, type ChatServerSettings } from './chat-server.ts';
import { windowOf, type LineWindow } from './line-windows.ts';
import { describeFlaw, flawOf, readStrings, type Flaw } from './read-answer.ts';

export type WindowOutcome =
  /** As many as the window has. */
  | { readonly kind: 'lines'; readonly lines: readonly LineTranslation[] }
  /** The server takes no line of it. */
  | { readonly kind: 'refused'; readonly failure: ServerFailure }
  | ServerFailure;

type WindowAnswer =
  /** Undefined where the answer was no array of so many strings, or the server refused a text of this length. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] | undefined; readonly refused?: ServerFailure }
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
  let answer = await ask(window, request, settings);
  if (answer.kind === 'texts' && answer.refused === undefined && isPoor(answer.texts, lines, request)) {
    const complaint = `Your last answer was wrong: answer with a JSON array of exactly ${lines.length} translations.`;
    answer = await ask(window, request, settings, complaint);
  }
  if (answer.kind !== 'texts') return answer;
  if (answer.refused !== undefined && lines.length === 1) return { kind: 'refused', failure: answer.refused };
  const translations: (LineTranslation | { readonly kind: 'refused'; readonly failure: ServerFailure })[] = [];
  for (const [index, line] of lines.entries()) {
    const text = answer.texts?.[index];
    const isRight = text !== undefined && flawIn(text, line, request) === undefined;
    const outcome = isRight
      ? ({ kind: 'translated', text: finished(text, line) } as const)
      : await repairLine(window.from + index, request, settings);
    if (outcome.kind === 'failed' || outcome.kind === 'unavailable') return outcome;
    translations.push(outcome);
  }
  return taken(translations);
}

/** Each line that was refused is one; all of them, and it is the server. */
function taken(
  outcomes: readonly (LineTranslation | { readonly kind: 'refused'; readonly failure: ServerFailure })[],
): WindowOutcome {
  const [first] = outcomes;
  if (first?.kind === 'refused' && outcomes.every(({ kind }) => kind === 'refused')) return first;
  const lines = outcomes.map((outcome): LineTranslation =>
    outcome.kind === 'refused' ? { kind: 'untranslated', reason: outcome.failure.message } : outcome,
  );
  return { kind: 'lines', lines };
}

/** Two tries, with the lines around it. A term that is bent by grammar counts in the end: better than no line. */
async function repairLine(
  index: number,
  request: TranslationRequest,
  settings: ChatServerSettings,
): Promise<LineTranslation | Exclude<WindowOutcome, { kind: 'lines' }>> {
  const window = windowOf(request.lines, index, index + 1);
  const line = request.lines[index] ?? '';
  if (!hasLetters(line)) return { kind: 'translated', text: line };
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
    if (answer.refused !== undefined) return { kind: 'refused', failure: answer.refused };
    const text = answer.texts?.[0];
    const flaw = text === undefined ? undefined : flawIn(text, line, request);
    if (text !== undefined && flaw === undefined) return { kind: 'translated', text: finished(text, line) };
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
  const answer = await askModel(
    windowQuestion(window, request, request.glossary, complaint),
    settings,
    request.signal,
  );
  if (answer.kind === 'refused') return { kind: 'texts', texts: undefined, refused: answer.failure };
  if (answer.kind !== 'answered') return answer;
  return { kind: 'texts', texts: readStrings(answer.text, window.lines.length) };
}

/** Whether it is worth to ask for all lines again. */
function isPoor(
  texts: readonly string[] | undefined,
  lines: readonly string[],
  request: TranslationRequest,
): boolean {
  if (texts === undefined) return true;
  const flawed = lines.filter((line, index) => flawIn(texts[index] ?? '', line, request) !== undefined);
  return flawed.length * 2 > lines.length;
}

function flawIn(text: string, line: string, { glossary }: TranslationRequest): Flaw | undefined {
  return hasLetters(line) ? flawOf(text, line, glossary) : undefined;
}

/** A line without a letter, `42` or `♪`, is its own translation, whatever the model made of it. */
function finished(text: string, line: string): string {
  return hasLetters(line) ? text.trim() : line;
}

function hasLetters(line: string): boolean {
  return /\p{L}/u.test(line);
}
