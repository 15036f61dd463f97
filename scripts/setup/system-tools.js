import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {{
 *   name: string,
 *   purpose: string,
 *   need: 'jobs' | 'build' | 'optional',
 *   detect: string[][],
 *   override?: string,
 *   packages: { apt: string[], dnf: string[], brew: string[] },
 * }} SystemTool
 */

/**
 * @param {string} root the folder of system-tools.json
 * @returns {SystemTool[]}
 */
export function readSystemTools(root) {
  const text = readFileSync(join(root, 'system-tools.json'), 'utf8');
  return /** @type {{ tools: SystemTool[] }} */ (JSON.parse(text)).tools;
}

/**
 * Whether the tool is on this machine.
 *
 * @param {SystemTool} tool
 * @param {NodeJS.ProcessEnv} env
 */
export function isThere(tool, env) {
  if (tool.override !== undefined && env[tool.override]) return true;
  return tool.detect.every((alternatives) => alternatives.some((entry) => exists(entry, env)));
}

/**
 * @param {string} entry
 * @param {NodeJS.ProcessEnv} env
 */
function exists(entry, env) {
  return entry.includes('/') ? existsSync(entry) : isOnPath(entry, env);
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 */
export function isOnPath(program, env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => isExecutable(join(folder, program)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
