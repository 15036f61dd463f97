import type { Hash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type WriteOutcome =
  | { readonly kind: 'written'; readonly bytes: number }
  /** The body went past the limit; it was not read any further. */
  | { readonly kind: 'too-large' }
  /** The body failed before its end. */
  | { readonly kind: 'interrupted'; readonly cause: unknown };

type WriteOptions = {
  readonly maxBytes?: number | undefined;
  /** Is given every byte that is written. */
  readonly hash?: Hash;
  /** Whether the content must have reached the disk. */
  readonly sync?: boolean;
};

/** Writes the body into a new or emptied file. Where the outcome is not `written`, no file is left. */
export async function writeBody(
  path: string,
  body: AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<WriteOutcome> {
  let outcome: WriteOutcome | undefined;
  try {
    outcome = await copyInto(path, body, options);
    return outcome;
  } finally {
    if (outcome?.kind !== 'written') await rm(path, { force: true });
  }
}

async function copyInto(
  path: string,
  body: AsyncIterable<Uint8Array>,
  { maxBytes = Infinity, hash, sync = false }: WriteOptions,
): Promise<WriteOutcome> {
  const chunks = body[Symbol.asyncIterator]();
  const file = await open(path, 'w');
  try {
    for (let bytes = 0; ;) {
      const next = await nextChunk(chunks);
      if (next.kind === 'interrupted') return next;
      if (next.chunk === undefined) {
        if (sync) await file.sync();
        return { kind: 'written', bytes };
      }
      bytes += next.chunk.byteLength;
      if (bytes > maxBytes) {
        await chunks.return?.();
        return { kind: 'too-large' };
      }
      hash?.update(next.chunk);
      await file.writeFile(next.chunk);
    }
  } finally {
    await file.close();
  }
}

type Next = { kind: 'chunk'; chunk: Uint8Array | undefined } | { kind: 'interrupted'; cause: unknown };

/** A failing body is an outcome, a failing disk is not: so only this call is guarded. */
async function nextChunk(chunks: AsyncIterator<Uint8Array>): Promise<Next> {
  try {
    const result = await chunks.next();
    return { kind: 'chunk', chunk: result.done === true ? undefined : result.value };
  } catch (cause) {
    return { kind: 'interrupted', cause };
  }
}

/** Puts the text into the file at once and durably. The folder must exist. */
export async function replaceFile(path: string, temporary: string, text: string): Promise<void> {
  await writeBody(temporary, oneChunk(text), { sync: true });
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Makes the folder and its missing parents, durably. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** A new, renamed or removed name survives a power cut only when its folder was synced. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether the error is one of the operating system with one of these codes. */
export function hasErrorCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes(String((error as NodeJS.ErrnoException).code));
}
