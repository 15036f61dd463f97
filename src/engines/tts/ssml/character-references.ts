export type Decoded =
  | { readonly kind: 'decoded'; readonly text: string }
  /** `offset`: where in the text the reference stands. */
  | { readonly kind: 'unknown'; readonly message: string; readonly offset: number };

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:(\w{1,16});|#(\d{1,8});|#x([\da-fA-F]{1,6});)?/g;

/** Replaces the five named references of XML and numbered characters. There are no others, so nothing can expand. */
export function decodeReferences(source: string): Decoded {
  let text = '';
  let done = 0;
  for (const match of source.matchAll(REFERENCE)) {
    const [whole, name, decimal, hex] = match;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Math.trunc(Number(decimal));
    const character = name === undefined ? characterOf(code) : NAMED.get(name);
    if (character === undefined) {
      const message = `'${whole}' is no character: write & as &amp;, or use &lt; &gt; &quot; &apos; or &#number;.`;
      return { kind: 'unknown', message, offset: match.index };
    }
    text += source.slice(done, match.index) + character;
    done = match.index + whole.length;
  }
  return { kind: 'decoded', text: text + source.slice(done) };
}

/** Only characters that XML 1.0 allows in a document. */
function characterOf(code: number): string | undefined {
  const allowed =
    [0x9, 0xa, 0xd].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x1_00_00 && code <= 0x10_ff_ff);
  return allowed ? String.fromCodePoint(code) : undefined;
}
