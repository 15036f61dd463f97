import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildIfChanged } from './build.js';
import { failInCi, installTools } from './install-tools.js';
import { installNodePackages } from './node-packages.js';
import { nodeVersionServes } from './node-version.js';
import { SetupFailure } from './setup-failure.js';
import { buildSqliteAddon } from './sqlite-addon.js';
import { readSystemTools } from './system-tools.js';

/** The folder of package.json. */
// oxlint-disable-next-line unicorn/prefer-import-meta-properties -- an old Node.js must get as far as its error
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const NO_SYSTEM_SETUP = '--no-system-setup';

/**
 * Brings a clone from any state to one that runs: Node.js new enough, npm packages, SQLite's binding, system tools,
 * dist/. Each step looks first and is silent when there is nothing to do; all of them looking takes about 0.1 s.
 *
 * @param {readonly string[]} args the command line; `--no-system-setup` is ours
 * @returns {string[]} the command line without it
 */
export function setUp(args) {
  const choice = { system: !args.includes(NO_SYSTEM_SETUP), env: process.env };
  const tools = readSystemTools(ROOT);

  requireNodeVersion();
  installNodePackages(ROOT);
  buildSqliteAddon(ROOT, tools, choice);
  const wanted = tools.filter((tool) => tool.need === 'jobs');
  failInCi(installTools(wanted, choice), process.env);
  buildIfChanged(ROOT);

  return args.filter((arg) => arg !== NO_SYSTEM_SETUP);
}

function requireNodeVersion() {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const { engines } = /** @type {{ engines: { node: string } }} */ (JSON.parse(text));
  const version = process.versions.node;
  if (nodeVersionServes(version, engines.node)) return;
  throw new SetupFailure(`smartjobs needs Node.js ${engines.node}, but this is ${version}. Install one of those.`);
}
