import { readdirSync, readFileSync } from 'node:fs';

/**
 * The memory of a process and all that it started, in MB: pages that several of them share are counted once
 * (proportional set size). Linux only.
 * @param part `Pss` is all of it. `Pss_Anon` is what the processes have made themselves: pages of program files are
 *   shared with whatever else runs on the machine, so that a share of them comes and goes with the neighbours.
 */
export function treeMemory(root: number, part: 'Pss' | 'Pss_Anon' = 'Pss'): number {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? parentOf(entry) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  let kilobytes = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    kilobytes += proportionalSetSize(pid, part);
    waiting.push(...(children.get(pid) ?? []));
  }
  return Math.round(kilobytes / 102.4) / 10;
}

/** Undefined where it has just ended. */
function parentOf(pid: string): number | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function proportionalSetSize(pid: number, part: string): number {
  return Number(new RegExp(`^${part}:\\s+(\\d+)`, 'm').exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
