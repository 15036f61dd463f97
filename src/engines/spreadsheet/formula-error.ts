import type { Cell } from './cell.ts';

const NAMES: ReadonlyMap<number | undefined, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);

/** A formula's error by the number that workbooks have for it; newer ones have names only. */
export function formulaError(code: number | undefined): Cell {
  return { kind: 'error', name: NAMES.get(code) ?? 'an error' };
}
