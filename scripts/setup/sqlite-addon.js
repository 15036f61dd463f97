import { createRequire } from 'node:module';
import { join } from 'node:path';

import { runCommand, say, secondsSince, tail } from './command.js';
import { installTools } from './install-tools.js';
import { SetupFailure } from './setup-failure.js';

/** @typedef {import('./system-tools.js').SystemTool} SystemTool */

/**
 * Makes sure that SQLite's native binding loads in this Node.js: after a fresh install, and again after a change of
 * Node.js to another major version. Where its ready-made file cannot be fetched it is compiled, which took 85-95 s
 * on two cores.
 *
 * @param {string} root the folder of package.json
 * @param {readonly SystemTool[]} tools the table; those needed to build are installed if compiling fails
 * @param {import('./install-tools.js').InstallChoice} choice
 */
export function buildSqliteAddon(root, tools, choice) {
  if (addonLoads(root)) return;

  say("preparing SQLite's native binding (up to two minutes where it must be compiled)");
  const start = performance.now();
  const rebuild = () => runCommand('npm', ['rebuild', 'better-sqlite3'], { cwd: root });
  let built = rebuild();
  if (!built.ok) {
    const buildTools = tools.filter((tool) => tool.need === 'build');
    const missing = installTools(buildTools, choice);
    if (missing.length > 0) throw new SetupFailure(`${tail(built.output)}\nSQLite's binding could not be built.`);
    built = rebuild();
  }
  if (!built.ok || !addonLoadsInNewProcess(root)) {
    throw new SetupFailure(`${tail(built.output)}\nSQLite's binding could not be built, see above.`);
  }
  say(`SQLite's binding ready in ${secondsSince(start)}`);
}

/**
 * Opening a database is what loads the native file; 17 ms.
 *
 * @param {string} root
 */
function addonLoads(root) {
  try {
    const load = createRequire(join(root, 'package.json'));
    const Database = /** @type {typeof import('better-sqlite3')} */ (load('better-sqlite3'));
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/**
 * A process that failed to load a native file may not get a second try.
 *
 * @param {string} root
 */
function addonLoadsInNewProcess(root) {
  const program = "new (require('better-sqlite3'))(':memory:').close()";
  return runCommand(process.execPath, ['-e', program], { cwd: root }).ok;
}
