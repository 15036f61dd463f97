import { quoted, shortened } from './shortened.ts';
import { RefusedSpreadsheet, unreadable } from './spreadsheet-refusal.ts';

export type ListedSheet = { readonly name: string; readonly isHidden: boolean };

/** Names of that many sheets stand in an error. */
const MOST_LISTED = 20;
/** Excel has 31 characters at most, LibreOffice any number. */
const LONGEST_NAME = 100;

/**
 * The sheet that was asked for, hidden or not; without a name the first one that people see.
 * @param sheets of cells: sheets that are nothing but a chart are not among them
 */
export function chooseSheet<Listed extends ListedSheet>(
  sheets: readonly Listed[],
  name: string | undefined,
): Listed {
  const chosen =
    name === undefined
      ? (sheets.find((sheet) => !sheet.isHidden) ?? sheets[0])
      : (sheets.find((sheet) => sheet.name === name) ??
        sheets.find((sheet) => sheet.name.trim().toLowerCase() === name.trim().toLowerCase()));
  if (chosen !== undefined) return { ...chosen, name: shortened(chosen.name, LONGEST_NAME) };
  if (name === undefined) throw unreadable('it lists no sheet of cells');
  throw noSuchSheet(name, sheets);
}

function noSuchSheet(name: string, sheets: readonly ListedSheet[]): RefusedSpreadsheet {
  const names = sheets.slice(0, MOST_LISTED).map((sheet) => quoted(sheet.name));
  const more = sheets.length > MOST_LISTED ? ` and ${sheets.length - MOST_LISTED} more` : '';
  const message = `The workbook has no sheet ${quoted(name)}. It has ${names.join(', ')}${more}.`;
  return new RefusedSpreadsheet('SpreadsheetSheetNotFound', message);
}

/** A text file is one table and has no sheets to choose from. */
export function refuseSheetOfText(name: string | undefined): void {
  if (name === undefined) return;
  const message = `A text file has no sheets, and so none named ${quoted(name)}. Leave the sheet's name out.`;
  throw new RefusedSpreadsheet('SpreadsheetSheetNotFound', message);
}
