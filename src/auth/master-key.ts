import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const KEY_BYTES = 32;
const KEY_TEXT = /^[0-9a-f]{64}\n$/;

/** A KeyObject, because printing or serializing one does not show the key. */
export type MasterKey = KeyObject;

export type MasterKeyOutcome =
  { readonly kind: 'ready'; readonly key: MasterKey } | { readonly kind: 'unusable'; readonly message: string };

/**
 * The key that seals this server's secrets, from `master.key` in the data folder: 64 hex characters and a line
 * feed, mode 0600. The first start makes it, and has it synced before anything is sealed with it. A file that
 * holds no key is never replaced, for there may be secrets that only the lost key opens.
 */
export function loadMasterKey(dataDir: string): MasterKeyOutcome {
  const file = join(dataDir, 'master.key');
  createIfMissing(file);
  const text = readFileSync(file, 'latin1');
  if (KEY_TEXT.test(text)) {
    return { kind: 'ready', key: createSecretKey(Buffer.from(text.slice(0, -1), 'hex')) };
  }
  const message =
    `${file} holds no master key (64 hex characters and a line feed): it is damaged, or its creation was ` +
    'interrupted. Restore it from a backup. If this server has never been started before, remove the file.';
  return { kind: 'unusable', message };
}

function createIfMissing(file: string): void {
  const descriptor = openExclusively(file);
  if (descriptor === undefined) return;
  try {
    writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
}

/** A descriptor of the new file; undefined where there is a file already, perhaps of a process that was faster. */
function openExclusively(file: string): number | undefined {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

/** Without this the file's name may be lost with the power. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
