import { zipOf, type TestPart } from './test-archives.ts';

export type TestSheet = {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** The rows, as XML. */
  readonly rows: string;
  /** What stands before and after the rows. */
  readonly head?: string;
  readonly tail?: string;
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * The parts of a small workbook, for tests to leave out, to change, or to add to.
 * @param properties XML before the list of sheets
 * @param sharedTexts XML of the texts that cells share
 */
export function xlsxParts(sheets: readonly TestSheet[], properties = '', sharedTexts?: string): TestPart[] {
  const listed = sheets.map(({ name, state }, at) => {
    const shown = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${at + 1}"${shown} r:id="r${at + 1}"/>`;
  });
  const links = sheets.map((_sheet, at) => {
    return `<Relationship Id="r${at + 1}" Type="${LINKS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`;
  });
  if (sharedTexts !== undefined) {
    links.push(`<Relationship Id="t" Type="${LINKS}/sharedStrings" Target="sharedStrings.xml"/>`);
  }
  const root = `<Relationship Id="r1" Type="${LINKS}/officeDocument" Target="xl/workbook.xml"/>`;
  return [
    ...(sharedTexts === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: `<sst>${sharedTexts}</sst>` }]),
    { name: '[Content_Types].xml', content: `<Types xmlns="${PACKAGE}/content-types"/>` },
    { name: '_rels/.rels', content: `<Relationships xmlns="${PACKAGE}/relationships">${root}</Relationships>` },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}">${properties}<sheets>${listed.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${links.join('')}</Relationships>` },
    ...sheets.map(({ rows, head = '', tail = '' }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: `<worksheet xmlns="${MAIN}">${head}<sheetData>${rows}</sheetData>${tail}</worksheet>`,
    })),
  ];
}

export function xlsxOf(...sheets: TestSheet[]): Buffer {
  return zipOf(xlsxParts(sheets));
}

/** A row of texts and numbers, without a word about where it stands. */
export function xmlRow(...cells: (string | number)[]): string {
  const xml = cells.map((cell) =>
    typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`,
  );
  return `<row>${xml.join('')}</row>`;
}
