import type { Sheet } from './cell.ts';
import { readXlsxCells } from './xlsx-cells.ts';
import { readXlsxLayout } from './xlsx-layout.ts';
import { readXlsxPackage } from './xlsx-package.ts';

/** One sheet of an .xlsx, out of the few parts of it that have to do with that sheet. */
export function readXlsx(file: Buffer, wanted: string | undefined): Sheet {
  const { sheetName, sheetXml, ...shared } = readXlsxPackage(file, wanted);
  const { cellsXml, merges, hiddenColumns } = readXlsxLayout(sheetXml, sheetName);
  const { rows, hiddenRows } = readXlsxCells(cellsXml, sheetName, shared);
  return { name: sheetName, rows, merges, hiddenRows, hiddenColumns };
}
