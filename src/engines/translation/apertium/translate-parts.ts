import { polish } from './polish.ts';
import type { LinePart } from './line-parts.ts';
import { runApertium, type ApertiumRun, type ApertiumRunOutcome } from './run-apertium.ts';

type Lines = readonly (readonly LinePart[] | undefined)[];

/**
 * Translates the words of each line, with what is to be kept in its place among them. A line in which the engine
 * loses what was to be kept is translated again part by part: worse grammar, but nothing missing. Lines without a
 * letter to translate are left alone; undefined ones too.
 */
export async function translateParts(lines: Lines, run: Omit<ApertiumRun, 'lines'>): Promise<ApertiumRunOutcome> {
  const wanted = lines.filter((line) => line !== undefined).filter(hasWords);
  const outcome = await runApertium({ ...run, lines: wanted });
  if (outcome.kind !== 'done') return outcome;
  const lost = wanted.filter((line, index) => outcome.lines[index] === undefined && line.length > 1);
  const repaired = await translatePieces(lost, run);
  if (repaired.kind !== 'done') return repaired;
  const translations = new Map([
    ...wanted.map((line, index) => [line, outcome.lines[index]] as const),
    ...lost.map((line, index) => [line, repaired.lines[index]] as const),
  ]);
  return {
    kind: 'done',
    lines: lines.map((line) => (line !== undefined && translations.has(line) ? translations.get(line) : line)),
  };
}

async function translatePieces(
  lines: readonly (readonly LinePart[])[],
  run: Omit<ApertiumRun, 'lines'>,
): Promise<ApertiumRunOutcome> {
  const pieces = lines.flat().filter((part) => hasWords([part]));
  if (pieces.length === 0) return { kind: 'done', lines: lines.map(() => undefined) };
  const { onProgress: _, ...quiet } = run;
  const outcome = await runApertium({ ...quiet, lines: pieces.map((piece) => [piece]) });
  // It has translated the other lines: it is these that it breaks on.
  if (outcome.kind === 'failed') return { kind: 'done', lines: lines.map(() => undefined) };
  if (outcome.kind === 'not-found') return outcome;
  const translations = new Map(pieces.map((piece, index) => [piece, outcome.lines[index]]));
  const [, target = ''] = run.mode.split('-');
  const translated = (part: LinePart): LinePart | undefined => {
    if (!translations.has(part)) return part;
    const text = translations
      .get(part)
      ?.map((one) => one.text)
      .join('');
    return text === undefined ? undefined : { kind: 'words', text: placed(polish(text, part.text, target), part) };
  };
  return {
    kind: 'done',
    lines: lines.map((line) => {
      const parts = line.map(translated);
      return parts.includes(undefined) ? undefined : parts.filter((part) => part !== undefined);
    }),
  };
}

/** With the spaces around it that the part had. */
function placed(translation: string, { text }: LinePart): string {
  return `${/^\s*/.exec(text)?.[0] ?? ''}${translation}${/\s*$/.exec(text)?.[0] ?? ''}`;
}

function hasWords(parts: readonly LinePart[]): boolean {
  return parts.some(({ kind, text }) => kind === 'words' && /\p{L}/u.test(text));
}
