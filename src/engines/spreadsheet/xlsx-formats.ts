import { SSF } from '@e965/xlsx';
import { attributes, startTags } from './xml-part.ts';

const STYLES = /<(?:\w+:)?cellXfs[\s>][^]*?<\/(?:\w+:)?cellXfs>/;

/** The number formats of an .xlsx, by the number of a cell's style. */
export function formatsOf(stylesXml: string): (style: number) => string | undefined {
  const formats = new Map<number, string>();
  for (const tag of startTags(stylesXml, 'numFmt')) {
    const given = attributes(tag);
    formats.set(Number(given.get('numFmtId')), given.get('formatCode') ?? '');
  }
  const [cellStyles = ''] = STYLES.exec(stylesXml) ?? [];
  const styles = [...startTags(cellStyles, 'xf')].map((tag) => Number(attributes(tag).get('numFmtId') ?? 0));
  const builtIn = builtInFormats();
  return (style) => {
    const format = styles[style] ?? 0;
    return formats.get(format) ?? builtIn[format];
  };
}

const MONTH = 'yyyy"年"m"月"';
const MONTH_AND_DAY = 'm"月"d"日"';
const HOURS = 'h"时"mm"分"';
const SECONDS = 'h"时"mm"分"ss"秒"';
/**
 * Formats by number that each East Asian Excel has in its own way and writes without saying how: here as the Chinese
 * one has them. All are dates and times in every one of them.
 */
const EAST_ASIAN: Readonly<Record<number, string>> = {
  ...{ 27: MONTH, 28: MONTH_AND_DAY, 29: MONTH_AND_DAY, 30: 'm-d-yy', 31: 'yyyy"年"m"月"d"日"', 32: HOURS },
  ...{ 33: SECONDS, 34: HOURS, 35: SECONDS, 36: MONTH, 50: MONTH, 51: MONTH_AND_DAY, 52: MONTH },
  ...{ 53: MONTH_AND_DAY, 54: MONTH_AND_DAY, 55: HOURS, 56: SECONDS, 57: MONTH, 58: MONTH_AND_DAY },
};

/** The formats that every workbook has without naming them. */
export function builtInFormats(): Readonly<Record<number, string>> {
  const western = (SSF as unknown as { get_table: () => Record<number, string> }).get_table();
  return { ...western, ...EAST_ASIAN };
}
