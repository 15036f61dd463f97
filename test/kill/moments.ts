import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { DoomedServer } from '../support/doomed-server.ts';

/** When a server is killed. `share` of all kills; `working` comes with clients at work, the others before or after. */
export const MOMENTS = ['working', 'long at work', 'checkpoint', 'run begins', 'start-up', 'stop'] as const;

export type Moment = (typeof MOMENTS)[number];

/** Ten rounds in a row have every moment, in an order of their own. */
const TEN: readonly Moment[] = [
  'working',
  'start-up',
  'checkpoint',
  'run begins',
  'stop',
  'working',
  'start-up',
  'long at work',
  'checkpoint',
  'start-up',
];

export function momentOf(round: number): Moment {
  return TEN[round % TEN.length] ?? 'working';
}

/** Milliseconds; a start takes some 400. */
const START_MS = 450;
/** A run of real speech takes about as long, with everything else at work. */
const LONG_MS = 1_800;
/** An event that does not come by then is not waited for any longer. */
const EVENT_MS = 2_000;

/** Resolves at the moment itself. For `start-up` the server was just launched, else it is at work. */
export async function arrive(moment: Moment, server: DoomedServer, dataDir: string): Promise<void> {
  switch (moment) {
    case 'start-up':
      return pause(Math.random() * START_MS);
    case 'long at work':
      return pause(LONG_MS * (0.5 + Math.random() / 2));
    case 'checkpoint':
      return change(() => statSync(join(dataDir, 'smartjobs.db')).mtimeMs);
    case 'run begins':
      return change(() => names(join(dataDir, 'scratch')));
    case 'stop':
      await pause(Math.random() * 200);
      server.child.kill('SIGTERM');
      return pause(Math.random() * 150);
    default:
      return pause(Math.random() * 300);
  }
}

/** Outside of a checkpoint the database file itself is never written; a claim is followed by a scratch folder. */
async function change(look: () => number | string): Promise<void> {
  const before = look();
  for (const until = Date.now() + EVENT_MS; Date.now() < until && look() === before;) await turn();
}

function names(folder: string): string {
  return existsSync(folder) ? readdirSync(folder).join() : '';
}
