import { BIFF, biffRecords, type BiffRecord } from './biff-records.ts';
import { sharedTexts, textReader, type TextReader } from './biff-text.ts';
import { builtInFormats } from './xlsx-formats.ts';
import { encrypted, unreadable, unsupported } from './spreadsheet-refusal.ts';

/** What all the sheets of an .xls share. */
export type XlsWorkbook = {
  readonly sheets: readonly XlsSheetEntry[];
  readonly texts: readonly string[];
  readonly is1904: boolean;
  readonly reader: TextReader;
  /** The number format of a cell by the number of its style. */
  readonly formatOf: (style: number) => string | undefined;
};

export type XlsSheetEntry = {
  readonly name: string;
  readonly isHidden: boolean;
  /** Where its records begin in the stream. */
  readonly start: number;
};

const BIFF8 = 0x0600;
const BIFF5 = 0x0500;
const WORKSHEET = 0;

/** @param stream the workbook's records; the first is a BOF */
export function readXlsWorkbook(stream: Buffer): XlsWorkbook {
  const version = stream.length < 8 ? 0 : stream.readUInt16LE(4);
  if (stream.length < 8 || stream.readUInt16LE(0) !== BIFF.bof) {
    throw unsupported('a workbook of Excel 4 or earlier');
  }
  if (version !== BIFF8 && version !== BIFF5) throw unreadable('it is of a version that Excel never had');
  const records = [...globals(stream)];
  const codePage = records.find(({ type }) => type === BIFF.codePage)?.data.readUInt16LE(0);
  const reader = textReader(version === BIFF8, codePage);
  const of = (type: number): BiffRecord[] => records.filter((record) => record.type === type);
  const formats = new Map<number, string>();
  const width = version === BIFF8 ? 2 : 1;
  for (const { data, parts } of of(BIFF.format)) formats.set(data.readUInt16LE(0), reader.read(parts, 2, width));
  const styles = of(BIFF.xf).map(({ data }) => data.readUInt16LE(2));
  const builtIn = builtInFormats();
  return {
    sheets: of(BIFF.boundSheet).flatMap((record) => sheetEntry(record, reader)),
    texts: of(BIFF.sst).flatMap(({ parts }) => sharedTexts(parts)),
    is1904: of(BIFF.date1904)[0]?.data.readUInt16LE(0) === 1,
    reader,
    formatOf: (style) => {
      const format = styles[style] ?? 0;
      return formats.get(format) ?? builtIn[format];
    },
  };
}

function* globals(stream: Buffer): Generator<BiffRecord> {
  for (const record of biffRecords(stream, 0)) {
    // All that follows it is scrambled.
    if (record.type === BIFF.filePass) throw encrypted();
    yield record;
  }
}

function sheetEntry({ data, parts }: BiffRecord, reader: TextReader): XlsSheetEntry[] {
  if (data.readUInt8(5) !== WORKSHEET) return [];
  const isHidden = (data.readUInt8(4) & 3) !== 0;
  return [{ name: reader.read(parts, 6, 1), isHidden, start: data.readUInt32LE(0) }];
}
