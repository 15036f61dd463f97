import type { ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';

/** Heavy work yields the processor to the process that answers requests. */
const NICENESS = 5;

/** Sends a signal to a detached child and to all that it has started. */
export function killGroup(child: Pick<ChildProcess, 'pid'>, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: nothing of the group is left, which is what was wanted.
  }
}

export function yieldTheProcessor(child: Pick<ChildProcess, 'pid'>): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, NICENESS);
  } catch {
    // It has ended already, or the system does not let us: a preference, not a need.
  }
}
