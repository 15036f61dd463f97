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
import { dirname } from 'node:path';

const KEY_BYTES = 32;
const KEY_TEXT = /^([0-9a-f]{64}\n){1,2}$/;

export type KeyFile =
  | { readonly kind: 'keys'; readonly keys: readonly [KeyObject, ...KeyObject[]] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' };

/**
 * A file of a master key: 64 hex characters and a line feed. While a rotation is under way it holds the new key on a
 * second line, so that whatever happens, the key that is in force stands in it.
 */
export function readKeyFile(file: string): KeyFile {
  const text = readIfThere(file);
  if (text === undefined) return { kind: 'missing' };
  if (!KEY_TEXT.test(text)) return { kind: 'damaged' };
  const [first = '', ...others] = text.trimEnd().split('\n');
  return { kind: 'keys', keys: [keyOf(first), ...others.map(keyOf)] };
}

/**
 * Makes a new key in a new file, mode 0600, synced; a file that is there already is left as it is. The key is written
 * under another name and then linked: a process that is killed meanwhile leaves no half key, and of two processes
 * that do this at once both go on with the key of the faster.
 */
export function makeKeyFile(file: string): void {
  if (existsSync(file)) return;
  const made = `${file}.${randomUUID()}`;
  try {
    writeKeys(openSync(made, 'wx', 0o600), made, [newMasterKey()]);
    install(made, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
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
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].some((code) => isCode(error, code))) throw error;
    renameSync(made, file);
  }
}

/** Puts these keys into the file, at once and durably: a power cut leaves the old ones or the new ones. */
export function replaceKeyFile(file: string, keys: readonly KeyObject[]): void {
  const temporary = `${file}.writing`;
  writeKeys(openSync(temporary, 'w', 0o600), temporary, keys);
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

export function newMasterKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

function keyOf(hex: string): KeyObject {
  return createSecretKey(Buffer.from(hex, 'hex'));
}

function writeKeys(descriptor: number, file: string, keys: readonly KeyObject[]): void {
  try {
    writeSync(descriptor, keys.map((key) => `${key.export().toString('hex')}\n`).join(''));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
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

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
