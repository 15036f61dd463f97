import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand, say, secondsSince, tail } from './command.js';
import { SetupFailure } from './setup-failure.js';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes the second lock when an install has ended,
 * so a half install counts as stale. Optional packages may be absent: they are of other platforms.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 */
export function packagesAreStale(wanted, installed) {
  if (installed === undefined) return true;
  return Object.entries(wanted.packages).some(([path, locked]) => {
    if (path === '') return false;
    const found = installed.packages[path];
    if (found === undefined) return locked.optional !== true;
    return found.version !== locked.version || found.integrity !== locked.integrity;
  });
}

/**
 * Installs the npm packages unless they are there as locked. Install scripts do not run here: the one package that
 * needs its script is built afterwards, so that npm 10, which knows no allowScripts, runs no more than npm 11 does.
 *
 * @param {string} root the folder of package.json
 */
export function installNodePackages(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === undefined) throw new SetupFailure('package-lock.json is missing: restore it from the repository.');
  if (!packagesAreStale(wanted, readLock(join(root, 'node_modules', '.package-lock.json')))) return;

  say('installing npm packages (npm ci)');
  const start = performance.now();
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  const install = runCommand('npm', args, { cwd: root });
  if (!install.ok) throw new SetupFailure(`${tail(install.output)}\nnpm ci failed, see above.`);
  say(`npm packages installed in ${secondsSince(start)}`);
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  if (!existsSync(path)) return undefined;
  return /** @type {Lock} */ (JSON.parse(readFileSync(path, 'utf8')));
}
