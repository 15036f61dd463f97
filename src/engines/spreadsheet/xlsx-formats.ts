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

/** The formats that every workbook has without naming them. */
export function builtInFormats(): Readonly<Record<number, string>> {
  return (SSF as unknown as { get_table: () => Record<number, string> }).get_table();
}
