import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runKeyCommand } from './master-key-command.ts';
import { makeKeyFile, readKeyFile } from './master-key-file.ts';

/** A KeyObject, because printing or serializing one does not show the key. */
export type MasterKey = KeyObject;

/** Where the operator keeps the master key. */
export type MasterKeySource =
  /** In the data folder, made by the first start. */
  | { readonly kind: 'data-folder' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Printed by a program, run by these words. */
  | { readonly kind: 'command'; readonly words: readonly string[] };

/** Several keys only where a rotation was cut off in the data folder's file: the store tells which is in force. */
export type MasterKeyOutcome =
  | { readonly kind: 'ready'; readonly keys: readonly [MasterKey, ...MasterKey[]] }
  | { readonly kind: 'unusable'; readonly message: string };

export const KEY_FORM = '64 hex digits or the base64 of 32 bytes';

/** 64 hex digits, or base64 or base64url of 32 bytes; space around them does not count. */
export function parseMasterKey(text: string): MasterKey | undefined {
  const key = text.trim();
  if (/^[0-9A-Fa-f]{64}$/.test(key)) return createSecretKey(Buffer.from(key, 'hex'));
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(key)) return createSecretKey(Buffer.from(key, 'base64'));
  return undefined;
}

/**
 * @param file `master.key` in the data folder
 * @param sealedBefore whether there is a store already, and so secrets that only their own key opens: then no key
 * is made, for it would open none of them
 */
export function loadMasterKey(source: MasterKeySource, file: string, sealedBefore: boolean): MasterKeyOutcome {
  switch (source.kind) {
    case 'data-folder':
      return keyOfFolder(file, sealedBefore);
    case 'text':
      return only(parseMasterKey(source.text), 'SMARTJOBS_MASTER_KEY');
    case 'file':
      return keyOfFile(source.path);
    case 'command':
      return keyOfCommand(source.words);
  }
}

function keyOfFolder(file: string, sealedBefore: boolean): MasterKeyOutcome {
  if (!sealedBefore) makeKeyFile(file);
  const kept = readKeyFile(file);
  if (kept.kind === 'keys') return { kind: 'ready', keys: kept.keys };
  if (kept.kind === 'missing') {
    return unusable(
      `${file} is missing, and the secrets of this data folder open with that key alone. Restore it from a backup; ` +
        'if the key is kept elsewhere, set SMARTJOBS_MASTER_KEY, SMARTJOBS_MASTER_KEY_FILE or ' +
        'SMARTJOBS_MASTER_KEY_COMMAND.',
    );
  }
  return unusable(
    `${file} holds no master key (64 hex characters and a line feed): it is damaged, or its creation was ` +
      'interrupted. Restore it from a backup. If this server has never been started before, remove the file.',
  );
}

function keyOfFile(path: string): MasterKeyOutcome {
  try {
    return only(parseMasterKey(readFileSync(path, 'latin1')), `${path} (SMARTJOBS_MASTER_KEY_FILE)`);
  } catch (error) {
    return unusable(
      `${path} (SMARTJOBS_MASTER_KEY_FILE) cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
}

function keyOfCommand(words: readonly string[]): MasterKeyOutcome {
  const ran = runKeyCommand(words);
  if (ran.kind === 'failed') return unusable(`SMARTJOBS_MASTER_KEY_COMMAND: ${ran.reason}.`);
  return only(parseMasterKey(ran.output), 'What the command of SMARTJOBS_MASTER_KEY_COMMAND printed');
}

function only(key: MasterKey | undefined, name: string): MasterKeyOutcome {
  return key === undefined ? unusable(`${name} is not ${KEY_FORM}.`) : { kind: 'ready', keys: [key] };
}

function unusable(message: string): MasterKeyOutcome {
  return { kind: 'unusable', message };
}
