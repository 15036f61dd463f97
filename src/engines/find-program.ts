import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Where programs are looked for, and the PATH that children get. */
export const PROGRAM_PATH = process.env.PATH || '/usr/local/bin:/usr/bin:/bin';

/**
 * The absolute path of a program, or undefined where there is none that may be run.
 * @param program a bare name, looked up in PATH, or a path (relative to the working directory)
 */
export function findProgram(program: string): string | undefined {
  if (program.includes('/') || isAbsolute(program)) {
    const path = resolve(program);
    return isRunnable(path) ? path : undefined;
  }
  for (const folder of PROGRAM_PATH.split(delimiter)) {
    const path = join(folder, program);
    if (isAbsolute(folder) && isRunnable(path)) return path;
  }
  return undefined;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
