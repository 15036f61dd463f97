import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { say, secondsSince } from './setup/command.js';
import { reportingFailure, SetupFailure } from './setup/setup-failure.js';
import { ROOT, setUp } from './setup/set-up.js';

/** @typedef {{ name: string, command: string[] }} Stage */

// Cheap and telling first. The first element of each command is a program of node_modules/.bin.
/** @type {Stage[]} */
const CHECKS = [
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'lint', command: ['oxlint', '--quiet'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
];

// `npm test` runs everything; `npm test -- <pattern or vitest flags>` runs the tests that match, and no checks.
await reportingFailure(() => {
  const patterns = setUp(process.argv.slice(2));
  if (patterns.length > 0) say('arguments given: running only vitest with them, not the static checks');
  else CHECKS.forEach(runStage);
  runStage({ name: 'tests', command: ['vitest', 'run', ...patterns] });
});

/** @param {Stage} stage */
function runStage({ name, command: [program = '', ...args] }) {
  const start = performance.now();
  const path = join(ROOT, 'node_modules', '.bin', program);
  const { status } = spawnSync(path, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new SetupFailure(`✗ ${name} failed after ${secondsSince(start)}`);
  process.stdout.write(`✓ ${name} ${secondsSince(start)}\n`);
}
