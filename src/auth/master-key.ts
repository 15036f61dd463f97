import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
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
 *
 * @param mayBeMade false where there is a database already: its secrets open with the key that was lost, and no other
 */
export function loadMasterKey(dataDir: string, { mayBeMade }: { readonly mayBeMade: boolean }): MasterKeyOutcome {
  const file = join(dataDir, 'master.key');
  if (!existsSync(file)) {
    if (!mayBeMade) {
      const message = `${file} is missing, and the database holds secrets that open with no other key. Restore it from a backup.`;
      return { kind: 'unusable', message };
    }
    createKey(file);
  }
  const text = readFileSync(file, 'latin1');
  if (KEY_TEXT.test(text)) {
    return { kind: 'ready', key: createSecretKey(Buffer.from(text.slice(0, -1), 'hex')) };
  }
  const message =
    `${file} holds no master key (64 hex characters and a line feed): it is damaged. Restore it from a backup. ` +
    'If this server has never been started before, remove the file.';
  return { kind: 'unusable', message };
}

/**
 * The key is written under another name and then linked: a process that is killed meanwhile leaves no half key, and
 * of two processes that do this at once both go on with the key of the faster.
 */
function createKey(file: string): void {
  const made = `${file}.${randomUUID()}`;
  try {
    writeSynced(made, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    install(made, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(made, { force: true });
  }
  syncFolder(dirname(file));
}

/** File systems without hard links (FAT, some network mounts) cannot do it exclusively. */
function install(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    renameSync(made, file);
  }
}

function writeSynced(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
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
