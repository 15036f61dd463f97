import { spawnSync } from 'node:child_process';

/**
 * Says what set-up does. On stderr: stdout belongs to the server, whose ready line other programs read.
 *
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/**
 * Runs a command to its end without standard input, and keeps what it prints: a set-up that works is silent.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {{ ok: boolean, output: string }}
 */
export function runCommand(program, args, options = {}) {
  const done = spawnSync(program, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = [done.stdout, done.stderr, done.error?.message].filter(Boolean).join('\n');
  return { ok: done.status === 0, output };
}

/**
 * The end of a command's output, enough to see what went wrong.
 *
 * @param {string} output
 */
export function tail(output) {
  return output.trimEnd().split('\n').slice(-40).join('\n');
}

/**
 * Seconds since `start` (a reading of performance.now()), for messages.
 *
 * @param {number} start
 */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
