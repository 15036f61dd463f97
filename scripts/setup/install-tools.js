import { existsSync } from 'node:fs';

import { runCommand, say, secondsSince, tail } from './command.js';
import { SetupFailure } from './setup-failure.js';
import { isOnPath, isThere } from './system-tools.js';

/** @typedef {import('./system-tools.js').SystemTool} SystemTool */
/** @typedef {{ system: boolean, env: NodeJS.ProcessEnv }} InstallChoice `system` is false with --no-system-setup */

/**
 * Installs what is missing of these tools where set-up may: on Debian and its descendants as root or with a sudo
 * that asks for no password. Says beforehand what it installs. Elsewhere prints the command that does it.
 *
 * @param {readonly SystemTool[]} tools
 * @param {InstallChoice} choice
 * @returns {SystemTool[]} what is still missing
 */
export function installTools(tools, choice) {
  const missing = missingOf(tools, choice.env);
  if (missing.length === 0) return [];

  const apt = choice.system ? aptCommand(choice.env) : undefined;
  if (apt === undefined) {
    tellHowToInstall(missing, choice);
    return missing;
  }
  installWithApt(missing, apt);
  return missingOf(tools, choice.env);
}

/**
 * Set-up goes on without a tool, and the server's own errors name it; but a run of CI must not pass by luck.
 *
 * @param {readonly SystemTool[]} missing
 * @param {NodeJS.ProcessEnv} env
 */
export function failInCi(missing, env) {
  if (missing.length === 0 || env['CI'] !== 'true') return;
  throw new SetupFailure(`With CI=true nothing may be missing, but these are: ${names(missing)}.`);
}

/**
 * @param {readonly SystemTool[]} tools
 * @param {NodeJS.ProcessEnv} env
 */
function missingOf(tools, env) {
  return tools.filter((tool) => !isThere(tool, env));
}

/**
 * The command line that may run apt-get here, or undefined.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[] | undefined}
 */
function aptCommand(env) {
  if (!existsSync('/etc/debian_version') || !isOnPath('apt-get', env)) return undefined;
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
  if (process.getuid?.() === 0) return apt;
  if (isOnPath('sudo', env) && runCommand('sudo', ['-n', 'true']).ok) return ['sudo', '-n', ...apt];
  return undefined;
}

/**
 * @param {readonly SystemTool[]} missing
 * @param {readonly string[]} apt
 */
function installWithApt(missing, apt) {
  const packages = packagesOf(missing, 'apt');
  for (const tool of missing) say(`missing: ${tool.name} (${tool.purpose})`);
  say(`installing with apt-get: ${packages.join(' ')} (--no-system-setup turns this off)`);

  const start = performance.now();
  const [program = 'env', ...args] = apt;
  const update = runCommand(program, [...args, 'update']);
  const install = runCommand(program, [...args, 'install', '-y', '--no-install-recommends', ...packages]);
  if (install.ok) say(`installed in ${secondsSince(start)}`);
  else say(`apt-get failed:\n${tail(update.ok ? install.output : update.output + install.output)}`);
}

/**
 * @param {readonly SystemTool[]} missing
 * @param {InstallChoice} choice
 */
function tellHowToInstall(missing, choice) {
  for (const tool of missing) say(`missing: ${tool.name} (${tool.purpose})`);
  say(`to install ${missing.length === 1 ? 'it' : 'them'}: ${installAdvice(missing, choice.env)}`);
}

/**
 * The one command to run on this machine; where its package manager is not known, the command of each.
 *
 * @param {readonly SystemTool[]} missing
 * @param {NodeJS.ProcessEnv} env
 */
export function installAdvice(missing, env) {
  const commands = {
    apt: `sudo apt-get install ${packagesOf(missing, 'apt').join(' ')}`,
    dnf: `sudo dnf install ${packagesOf(missing, 'dnf').join(' ')}`,
    brew: brewCommand(packagesOf(missing, 'brew')),
  };
  if (isOnPath('apt-get', env)) return commands.apt;
  if (isOnPath('dnf', env)) return commands.dnf;
  if (isOnPath('brew', env)) return commands.brew;
  return Object.values(commands).join(', or ');
}

/** @param {readonly string[]} packages those of Linux alone are not among them */
function brewCommand(packages) {
  return packages.length === 0 ? 'no package of brew has it' : `brew install ${packages.join(' ')}`;
}

/**
 * @param {readonly SystemTool[]} tools
 * @param {'apt' | 'dnf' | 'brew'} manager
 */
function packagesOf(tools, manager) {
  return [...new Set(tools.flatMap((tool) => tool.packages[manager]))];
}

/** @param {readonly SystemTool[]} tools */
function names(tools) {
  return tools.map((tool) => tool.name).join(', ');
}
