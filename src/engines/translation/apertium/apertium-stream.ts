import type { LinePart } from './line-parts.ts';

/**
 * A line in the stream format of apertium, whose programs pass on what stands in brackets as it is. Lines end in a NUL,
 * at which all programs of the pipeline forget what they have seen: no line bleeds into its neighbour. The number of
 * the line stands in brackets before it, and says afterwards whether each is in its place.
 */
export function toStream(parts: readonly LinePart[], number: number): string {
  let kept = 0;
  const body = parts
    .map((part) => {
      if (part.kind === 'markup') return `[${escaped(part.text)}]`;
      if (part.kind === 'words') return escaped(plainText(part.text));
      kept += 1;
      return placeholder(kept - 1, part.text);
    })
    .join('');
  return `${body}${endsSentence(parts) ? '' : '.'}[][${number}\n]\0`;
}

/** What came back for each line; undefined where it is not what was sent, or not in its place. */
export function fromStream(
  output: string,
  lines: readonly (readonly LinePart[])[],
): (readonly LinePart[] | undefined)[] {
  const chunks = output.split('\0');
  return lines.map((parts, number) => readLine(chunks[number] ?? '', parts, number));
}

/** A word, so that the grammar of the engine takes it for a name that it does not know. */
function placeholder(index: number, text: string): string {
  const letters = index.toString(26).replaceAll(/./g, (digit) => LETTERS[Number.parseInt(digit, 26)] ?? '');
  const name = `xq${letters.padStart(2, 'a')}qx`;
  return /^\p{Lu}/u.test(text) ? `X${name.slice(1)}` : name;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** With the text between the places that `split` makes of it. */
const PLACEHOLDER = /(xq[a-z]{2,4}qx)/i;
/** Eaten by the post-generator; stands for itself in a range that no language uses. */
const TILDE = '\uE07E';

/** What the stream is made of: a blank in brackets, an escaped character, any other. */
const STREAM_TOKEN = /\[((?:[^\\\]]|\\.)*)\]|\\(.)|([^[\\]+|[[\\])/gsu;

function readLine(chunk: string, parts: readonly LinePart[], number: number): readonly LinePart[] | undefined {
  const end = `[][${number}\n]`;
  if (!chunk.endsWith(end)) return undefined;
  let text = chunk.slice(0, -end.length).trimEnd();
  if (!endsSentence(parts) && text.endsWith('.')) text = text.slice(0, -1).trimEnd();
  const read: LinePart[] = [];
  let words = '';
  for (const [, blank, escapedOne, plain] of text.matchAll(STREAM_TOKEN)) {
    if (blank === undefined) words += escapedOne ?? plain ?? '';
    else {
      read.push({ kind: 'words', text: words }, { kind: 'markup', text: unescaped(blank) });
      words = '';
    }
  }
  read.push({ kind: 'words', text: words });
  return withKept(read, parts);
}

/** Undefined where one of them is missing, or there twice. */
function withKept(read: readonly LinePart[], sent: readonly LinePart[]): readonly LinePart[] | undefined {
  const kept = sent.filter(({ kind }) => kind === 'kept');
  const places = new Map(kept.map((part, index) => [placeholder(index, ''), part]));
  const parts = read.flatMap((part): LinePart[] => {
    if (part.kind !== 'words') return [part];
    return part.text.split(PLACEHOLDER).map((piece, index) => {
      const name = piece.toLowerCase();
      const found = index % 2 === 1 ? places.get(name) : undefined;
      if (found !== undefined) places.delete(name);
      return found ?? { kind: 'words', text: piece.replaceAll(TILDE, '~') };
    });
  });
  const isStray = parts.some(({ kind, text }) => kind === 'words' && PLACEHOLDER.test(text));
  return places.size > 0 || isStray ? undefined : parts.filter(({ text }) => text !== '');
}

/** As the dictionaries have it: composed letters, plain apostrophes, no control characters. */
function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/(?<=\p{L})’(?=\p{L})/gu, "'")
    .replaceAll(/[\p{Cc}\uFEFF]/gu, (control) => (control === '\n' ? control : ' '))
    .replaceAll('~', TILDE);
}

/** Without a full stop the tagger does not know that a sentence ends. One is lent, and taken away again. */
function endsSentence(parts: readonly LinePart[]): boolean {
  const text = parts.map((part) => (part.kind === 'markup' ? '' : part.text)).join('');
  return /[.!?…:;。！？]["'”’»)\]]*\s*$/u.test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]{}^$/\\@<>]/g, String.raw`\$&`);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1');
}
