/** Characters that no text has and every binary file does. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/**
 * The text of a file whose encoding nobody says: UTF-8 or UTF-16 with a mark, UTF-8 without one, or else in the
 * first of the given encodings that it is valid in. The mark is not part of it. Undefined where it is none of them.
 */
export function decodedText(bytes: Uint8Array, otherwise: readonly string[]): string | undefined {
  const [first = 0, second = 0] = bytes;
  const mark = (first << 8) | second;
  const encodings = mark === 0xfffe ? ['utf-16le'] : mark === 0xfeff ? ['utf-16be'] : ['utf-8', ...otherwise];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding: the next one.
    }
  }
  return undefined;
}

/** Whether there are characters in it that no text has. */
export function looksBinary(text: string): boolean {
  return BINARY.test(text);
}
