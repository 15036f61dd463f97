import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { encoderArguments, type Encoding } from './encoder-arguments.ts';

/** An ffmpeg that frames are piped into. */
export type FrameEncoder = {
  /** Waits until the encoder has taken the frame: the buffer is used again for the next. Throws one sentence. */
  readonly write: (planes: Buffer) => Promise<void>;
  /** Waits until the file is whole. Throws one sentence. */
  readonly end: () => Promise<void>;
};

/** Of what the encoder says, in characters. */
const DETAIL_LIMIT = 2000;

type Encoder = ChildProcessByStdio<Writable, null, Readable>;

/** @param ffmpeg a path. @param file where the MP4 goes */
export function startEncoder(ffmpeg: string, encoding: Encoding, file: string): FrameEncoder {
  const encoder = spawn(ffmpeg, encoderArguments(encoding, file), { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = watch(encoder, dirname(file));
  return {
    write: async (planes) => {
      const taken = new Promise<void>((resolve) => encoder.stdin.write(planes, () => resolve()));
      const failure = await Promise.race([taken, ended]);
      if (typeof failure === 'string') throw new Error(failure);
    },
    end: async () => {
      encoder.stdin.end();
      const failure = await ended;
      if (failure !== undefined) throw new Error(failure);
    },
  };
}

/**
 * Resolves when the encoder has ended: undefined = well, else what it said, without the folder: callers read it.
 */
async function watch(encoder: Encoder, folder: string): Promise<string | undefined> {
  let said = '';
  encoder.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-DETAIL_LIMIT)));
  encoder.stdin.on('error', () => undefined);
  try {
    const [code, signal] = (await once(encoder, 'close')) as [number | null, string | null];
    const detail = said.replaceAll(`${folder}/`, '').trim().replaceAll(/\s+/g, ' ');
    return code === 0 ? undefined : `the encoder ended with ${signal ?? `code ${code}`}: ${detail}`;
  } catch (error) {
    return `the encoder cannot be run: ${(error as Error).message}`;
  }
}
