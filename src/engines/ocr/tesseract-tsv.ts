import type { ReadRow, ReadWord } from './text-reader.ts';

/** Level of the table's lines that hold a word; the others are its page, block, paragraph and row. */
const WORD = '5';

/** Gathers the table that `tesseract … tsv` prints, line by line, into the rows of each picture. */
export class TesseractTable {
  /** Of each picture, its rows by block, paragraph and row. */
  readonly #rows: readonly Map<string, ReadWord[]>[];

  constructor(pictures: number) {
    this.#rows = Array.from({ length: pictures }, () => new Map());
  }

  add(line: string): void {
    const [level, page, block, paragraph, row, , left, top, width, height, confidence, text = ''] =
      line.split('\t');
    const rows = this.#rows[Number(page) - 1];
    if (level !== WORD || rows === undefined || text.trim() === '') return;
    const key = `${block} ${paragraph} ${row}`;
    const words = rows.get(key) ?? [];
    rows.set(key, words);
    const box = { left: Number(left), top: Number(top), width: Number(width), height: Number(height) };
    words.push({ text: text.trim(), confidence: Math.max(0, Number(confidence)) / 100, ...box });
  }

  pictures(): ReadRow[][] {
    return this.#rows.map((rows) => {
      const found = [...rows.values()].map((words) => ({ words }));
      return found.toSorted((a, b) => topOf(a) - topOf(b));
    });
  }
}

function topOf({ words }: ReadRow): number {
  return Math.min(...words.map(({ top }) => top));
}
