import { westernText } from '../decode-text.ts';

/**
 * Texts of an .xls. Since Excel 97 (BIFF8) they are UTF-16, with the upper bytes left out where all are zero; before
 * that (BIFF5) they are bytes in the code page of the machine that wrote them.
 */
export type TextReader = {
  /** A text whose length stands before it. @param width bytes of that length */
  readonly read: (parts: readonly Buffer[], at: number, width: 1 | 2) => string;
};

const WIDE = 1;
const EXTENDED = 4;
const RICH = 8;

/** Code pages that Windows had, where their names are not windows-125x. */
const ENCODINGS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10_000: 'macintosh',
  65_001: 'utf-8',
};

/** @param codePage of the record of that name; undefined = western */
export function textReader(isBiff8: boolean, codePage: number | undefined): TextReader {
  if (isBiff8) return { read: (parts, at, width) => new PartReader(parts, at).text(width) };
  const windows =
    codePage !== undefined && codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : undefined;
  const encoding = ENCODINGS[codePage ?? 1252] ?? windows ?? 'windows-1252';
  const decoder = new TextDecoder(encoding);
  const read = ([data = Buffer.alloc(0)]: readonly Buffer[], at: number, width: 1 | 2): string => {
    const length = width === 1 ? data.readUInt8(at) : data.readUInt16LE(at);
    const bytes = data.subarray(at + width, at + width + length);
    return encoding === 'windows-1252' ? westernText(bytes) : decoder.decode(bytes);
  };
  return { read };
}

/** All the texts that the cells of a workbook share. How many there are is counted, not believed. */
export function sharedTexts(parts: readonly Buffer[]): string[] {
  const reader = new PartReader(parts, 8);
  const texts: string[] = [];
  while (!reader.isAtEnd) texts.push(reader.text(2));
  return texts;
}

/** Reads on from a record into those that continue it. Throws a RangeError where there is nothing left to read. */
class PartReader {
  readonly #parts: readonly Buffer[];
  #index = 0;
  #at: number;

  constructor(parts: readonly Buffer[], at: number) {
    this.#parts = parts;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    this.#settle();
    return this.#index >= this.#parts.length;
  }

  /** A text with its header; what stands behind it, fonts and readings, is passed over. */
  text(width: 1 | 2): string {
    const length = this.#number(width);
    let flags = this.#number(1);
    const runs = (flags & RICH) === 0 ? 0 : this.#number(2);
    const extension = (flags & EXTENDED) === 0 ? 0 : this.#number(4);
    let text = '';
    while (text.length < length) {
      const step = (flags & WIDE) === 0 ? 1 : 2;
      const part = this.#part;
      const count = Math.min(length - text.length, Math.floor((part.length - this.#at) / step));
      const bytes = part.subarray(this.#at, this.#at + count * step);
      text += step === 2 ? bytes.toString('utf16le') : bytes.toString('latin1');
      this.#at += count * step;
      if (text.length === length) break;
      // Each part begins anew with a flag of its own.
      this.#index += 1;
      this.#at = 0;
      flags = this.#number(1);
    }
    this.#skip(4 * runs + extension);
    return text;
  }

  get #part(): Buffer {
    const part = this.#parts[this.#index];
    if (part === undefined) throw new RangeError('a text ends in the middle');
    return part;
  }

  #settle(): void {
    while (this.#index < this.#parts.length && this.#at >= (this.#parts[this.#index]?.length ?? 0)) {
      this.#at -= this.#parts[this.#index]?.length ?? 0;
      this.#index += 1;
    }
  }

  #number(width: 1 | 2 | 4): number {
    this.#settle();
    const value = this.#part.readUIntLE(this.#at, width);
    this.#at += width;
    return value;
  }

  #skip(bytes: number): void {
    this.#at += bytes;
  }
}
