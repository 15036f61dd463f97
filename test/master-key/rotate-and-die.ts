import { writeSync } from 'node:fs';
import { createLogger } from '../../src/base/logger.ts';
import { rotateMasterKey } from '../../src/server/rotate-master-key.ts';
import { readSettings } from '../../src/server/settings.ts';

/**
 * Rotates the master key of a data folder, as a process of its own, and kills itself at one of the steps. With
 * `rewrapping` it says on standard output when the transaction begins, for whoever wants to kill it there.
 */
const [dataDir = '', dieAt = '', newKeyFile] = process.argv.slice(2);
const outcome = readSettings({
  flags: {},
  env: { ...process.env, SMARTJOBS_DATA_DIR: dataDir },
  cwd: process.cwd(),
});
if (outcome.kind === 'problems') throw new Error(outcome.problems.join('\n'));

rotateMasterKey({
  settings: outcome.settings,
  log: createLogger('warn'),
  newKeyFile,
  onStep: (step) => {
    if (step === dieAt) process.kill(process.pid, 'SIGKILL');
    if (step === 'announced' && dieAt === 'rewrapping') writeSync(1, 'rewrapping\n');
  },
});
