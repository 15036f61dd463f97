import { chooseSheet } from './choose-sheet.ts';
import { MIB } from '../program-limits.ts';
import { SPREADSHEET_LIMITS } from './spreadsheet-limits.ts';
import { quoted } from './shortened.ts';
import { RefusedSpreadsheet, tooLarge, unreadable, unsupported } from './spreadsheet-refusal.ts';
import { formatsOf } from './xlsx-formats.ts';
import { sharedTexts } from './xlsx-texts.ts';
import { attributes, isTrue, startTags, xmlText } from './xml-part.ts';
import { readEntry, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** The few parts of an .xlsx that a table needs; every other part stays packed. */
export type XlsxParts = {
  readonly sheetName: string;
  readonly sheetXml: string;
  readonly texts: readonly string[];
  readonly formatOf: (style: number) => string | undefined;
  /** Whether days are counted from 1904 and not from 1900. */
  readonly is1904: boolean;
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** @param sheet the name of the one that is wanted; absent = the first visible one */
export function readXlsxPackage(file: Buffer, sheet: string | undefined): XlsxParts {
  const { largePartBytes } = SPREADSHEET_LIMITS;
  const entries = readZipDirectory(file);
  refuseOthers(entries);
  const part = (path: string, most: number = SPREADSHEET_LIMITS.smallPartBytes): Buffer => {
    const entry = entries.get(path.toLowerCase());
    if (entry === undefined) throw unreadable(`its part ${quoted(path)} is missing`);
    if (entry.size > most)
      throw tooLarge(`The workbook's part ${quoted(path)} unpacks to more than ${most / MIB} MB.`);
    return readEntry(file, entry);
  };
  const rootRelations = relations(part('_rels/.rels'), '_rels/.rels', '');
  const workbookPath = targetOf(rootRelations, 'officeDocument') ?? 'xl/workbook.xml';
  if (workbookPath.endsWith('.bin')) throw unsupported('a binary workbook (.xlsb)');
  const workbook = xmlText(part(workbookPath), workbookPath);
  if (!/<(?:\w+:)?workbook[\s>]/.test(workbook)) throw unsupported('an Office document, but no workbook');
  const relationsPath = besides(workbookPath);
  const links = relations(part(relationsPath), relationsPath, workbookPath);
  const chosen = chooseSheet(listSheets(workbook, links), sheet);
  const optional = (path: string | undefined, most?: number): string => {
    const isThere = path !== undefined && entries.has(path.toLowerCase());
    return isThere ? xmlText(part(path, most), path) : '';
  };
  const [properties = ''] = startTags(workbook, 'workbookPr');
  return {
    sheetName: chosen.name,
    sheetXml: xmlText(part(chosen.path, largePartBytes), chosen.path),
    texts: sharedTexts(optional(targetOf(links, 'sharedStrings'), largePartBytes)),
    formatOf: formatsOf(optional(targetOf(links, 'styles'))),
    is1904: isTrue(attributes(properties).get('date1904')),
  };
}

function refuseOthers(entries: ReadonlyMap<string, ZipEntry>): void {
  if (entries.has('[content_types].xml') && entries.has('_rels/.rels')) return;
  if (entries.has('content.xml')) throw unsupported('an OpenDocument file (.ods)');
  if (entries.has('index/document.iwa')) throw unsupported('a Numbers document');
  if (entries.size === 0) throw new RefusedSpreadsheet('SpreadsheetEmpty', 'The file is an empty zip archive.');
  throw unsupported('a zip archive, but no workbook');
}

function relations(part: Buffer, name: string, base: string): Relation[] {
  return [...startTags(xmlText(part, name), 'Relationship')].map((tag) => {
    const given = attributes(tag);
    const type = given.get('Type') ?? '';
    const target = isExternal(given) ? '' : resolved(given.get('Target') ?? '', base);
    return { id: given.get('Id') ?? '', type: type.slice(type.lastIndexOf('/') + 1), target };
  });
}

function isExternal(given: ReadonlyMap<string, string>): boolean {
  return given.get('TargetMode') === 'External';
}

function targetOf(all: readonly Relation[], type: string): string | undefined {
  const target = all.find((relation) => relation.type === type)?.target;
  return target === '' ? undefined : target;
}

/** The name of a part that another one points at; a leading slash is the archive's root, as for some a backslash is. */
function resolved(target: string, base: string): string {
  const path = target.replaceAll('\\', '/');
  const parts = path.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '' && step !== '.') parts.push(step);
  }
  return parts.join('/');
}

function besides(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  return `${path.slice(0, cut)}_rels/${path.slice(cut)}.rels`;
}

function listSheets(
  workbook: string,
  links: readonly Relation[],
): { name: string; isHidden: boolean; path: string }[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  return [...startTags(workbook, 'sheet')].flatMap((tag) => {
    const given = attributes(tag);
    const link = byId.get(given.get('id') ?? '');
    if (link?.type !== 'worksheet') return [];
    const state = given.get('state') ?? 'visible';
    return [{ name: given.get('name') ?? '', isHidden: state !== 'visible', path: link.target }];
  });
}
