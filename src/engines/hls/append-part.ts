import { createDecipheriv } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FORM_BYTES } from './part-form.ts';
import type { PartRange } from './playlist.ts';

export type AppendOutcome =
  /** `start`: its first bytes, decrypted. */
  | { readonly kind: 'appended'; readonly bytes: number; readonly start: Buffer }
  | { readonly kind: 'outside'; readonly size: number }
  | { readonly kind: 'undecryptable' };

export type PartToAppend = {
  /** The local file that it lies in. */
  readonly path: string;
  /** Absent: all of the file. */
  readonly range?: PartRange | undefined;
  /** Both of 16 bytes; absent where it is not encrypted. */
  readonly cipher?: { readonly key: Buffer; readonly iv: Buffer } | undefined;
};

/** Adds a part to the end of a file, decrypted. Throws the signal's reason when aborted. */
export async function appendPart(part: PartToAppend, toPath: string, signal: AbortSignal): Promise<AppendOutcome> {
  const { path, range, cipher } = part;
  const { size } = await stat(path);
  const end = range === undefined ? size : range.start + range.length;
  if (end > size) return { kind: 'outside', size };
  const before = await sizeOf(toPath);
  if (end > (range?.start ?? 0)) {
    const source = createReadStream(path, { start: range?.start ?? 0, end: end - 1 });
    const target = createWriteStream(toPath, { flags: 'a' });
    const decipher: Transform[] =
      cipher === undefined ? [] : [createDecipheriv('aes-128-cbc', cipher.key, cipher.iv)];
    try {
      await pipeline([source, ...decipher, target], { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (/bad decrypt|wrong final block length/i.test(String(error))) return { kind: 'undecryptable' };
      throw error;
    }
  }
  const bytes = (await sizeOf(toPath)) - before;
  return { kind: 'appended', bytes, start: await bytesAt(toPath, before) };
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, 'a');
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function bytesAt(path: string, position: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FORM_BYTES), 0, FORM_BYTES, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
