import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * A short text that stands for everything a checkpoint was made from: two runs with the same one would find the same.
 * @param parts in a fixed order; what JSON writes alike counts as the same
 */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, FINGERPRINT_LENGTH);
}

/** The same of the bytes of a file. Read in pieces: its length does not matter. */
export async function fileFingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64url').slice(0, FINGERPRINT_LENGTH);
}

/** 132 bits. */
const FINGERPRINT_LENGTH = 22;
