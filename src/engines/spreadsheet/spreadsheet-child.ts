/*
 * The program that reads a spreadsheet, run in a process of its own by read-spreadsheet.ts: workbooks come from
 * strangers, and whatever one does to its reader ends with this process.
 *
 * Argument: a JSON file with the spreadsheet's `path` and, where one is asked for, its `sheet`. Prints the lines of
 * table-lines.ts.
 */
import { readFileSync } from 'node:fs';
import { buildTable } from './build-table.ts';
import { readSheet } from './read-sheet.ts';
import { refusalOf } from './spreadsheet-refusal.ts';
import { tableLines, type TableLine } from './table-lines.ts';

function print(line: TableLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const [requestPath = ''] = process.argv.slice(2);
const { path, sheet } = JSON.parse(readFileSync(requestPath, 'utf8')) as { path: string; sheet?: string };
try {
  for (const line of tableLines(buildTable(readSheet(readFileSync(path), sheet)))) print(line);
} catch (error) {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  print({ kind: 'refused', code: refusal.code, message: refusal.message });
}
