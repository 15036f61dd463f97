import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { auditFiles } from './audit-files.ts';

/** A line of the log as it stands in its file. */
export type FoundLine = {
  readonly text: string;
  /** The file's name and the number of the line, from 1. */
  readonly place: string;
};

/** Every line, oldest first. Half a line at the end of a file is being written, or was when its server was killed. */
export async function* auditLines(folder: string): AsyncGenerator<FoundLine> {
  for (const { path } of auditFiles(folder)) {
    let rest = '';
    let number = 0;
    for await (const chunk of createReadStream(path, 'latin1') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        number += 1;
        yield { text, place: `${basename(path)}:${number}` };
      }
    }
  }
}
