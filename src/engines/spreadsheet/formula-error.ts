import type { Cell } from './cell.ts';

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);
const NAME = /^#[A-Z0-9_/]{1,20}[!?]?$/;

/** A formula's error, by its name or by the number that an .xls has for it. */
export function formulaError(given: number | string): Cell {
  const name = typeof given === 'number' ? NAMES.get(given) : NAME.exec(given)?.[0];
  return { kind: 'error', name: name ?? 'an unknown one' };
}
