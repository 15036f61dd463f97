import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CliContext } from './cli-context.ts';
import { shellWord } from './shell-word.ts';

export function isLocalFile(cli: CliContext, input: string): boolean {
  return !/^[a-z]+:\/\//i.test(input) && existsSync(resolve(cli.cwd, input));
}

/**
 * The server may be another machine, so a file has to be put before a job can name it.
 * @param command that is to be repeated, such as `submit asr`
 */
export function howToPut(file: string, command: string): string {
  const object = shellWord(`oss://uploads/${basename(file)}`);
  return (
    `'${file}' is a file on this machine. Upload it first: smartjobs put ${shellWord(file)} ${object}, ` +
    `then: smartjobs ${command} ${object}`
  );
}
