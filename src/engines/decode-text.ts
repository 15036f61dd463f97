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
      if (encoding === 'windows-1252') return westernText(bytes);
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding: the next one.
    }
  }
  return undefined;
}

/** What Windows-1252 has in the place of the control characters of ISO 8859-1. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** A text in Windows-1252, which the decoder of some versions of Node.js takes for ISO 8859-1. */
export function westernText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replaceAll(/[\u0080-\u009f]/g, (letter) => WESTERN[letter.charCodeAt(0) - 0x80] ?? letter);
}

/** Bytes that are looked at: a table of numbers may have a letter past ASCII but seldom. */
const SAMPLE = 4 * 1024 * 1024;

/**
 * Whether a text that is not in UTF-8 is rather in Windows-1252 than in GB18030, in which almost each is valid too:
 * letters such as ü stand mostly by themselves, and Chinese characters have two bytes each.
 */
export function looksWestern(bytes: Uint8Array): boolean {
  let odd = 0;
  let runs = 0;
  let length = 0;
  const end = Math.min(bytes.length, SAMPLE);
  for (let at = 0; at <= end; at += 1) {
    if (at < end && (bytes[at] ?? 0) >= 0x80) length += 1;
    else if (length > 0) {
      runs += 1;
      odd += length % 2;
      length = 0;
    }
  }
  return odd * 2 > runs;
}

/** Whether there are characters in it that no text has. */
export function looksBinary(text: string): boolean {
  return BINARY.test(text);
}
