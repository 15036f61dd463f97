import { existsSync, readFileSync, rmSync } from 'node:fs';
import { AuditLog } from '../audit/audit-log.ts';
import { KEY_FORM, loadMasterKey, parseMasterKey, type MasterKey } from '../auth/master-key.ts';
import { makeKeyFile, newMasterKey, replaceKeyFile } from '../auth/master-key-file.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { openSealedValues, type SealedValues } from '../store/sqlite/sealed-values.ts';
import { dataFolder, type DataFolder } from './data-folder.ts';
import { placeOf, sealOf, wrongKey } from './master-seal.ts';
import { operatorEntry } from './open-audit.ts';
import type { Settings } from './settings.ts';
import { StartUpProblem } from './start-up-problem.ts';

export type Rotation = {
  /** How many secrets were sealed anew; 0 where the new key was in force already. */
  readonly values: number;
  /** The file that holds the key that is in force now. */
  readonly keyFile: string;
  /** Whether the server finds it without another setting. */
  readonly found: boolean;
};

/** The steps that a power cut or a kill can fall between; told as each is done. */
export type RotationStep = 'announced' | 'rewrapped' | 'settled';

type RotationOptions = {
  readonly settings: Settings;
  readonly log: Logger;
  /** Absolute; made with a new key where it is missing. Absent: the key stays in the data folder. */
  readonly newKeyFile?: string | undefined;
  readonly onStep?: (step: RotationStep) => void;
};

/**
 * Seals every secret of a stopped server anew under another master key.
 *
 * The new key is on the disk before the first secret is sealed with it, the secrets change in one transaction, and
 * the old key goes last. Cut off anywhere, the store opens with the old key or with the new one: a key in the data
 * folder stands there beside the other until the next start finds out which is in force; with a file elsewhere the
 * same command ends what was begun.
 *
 * @throws StartUpProblem in one sentence where it cannot be done; nothing was changed then
 */
export function rotateMasterKey({ settings, log, newKeyFile, onStep = () => {} }: RotationOptions): Rotation {
  const folder = dataFolder(settings.dataDir);
  if (!existsSync(folder.database)) {
    throw new StartUpProblem(`There is no server's data in ${folder.root} (SMARTJOBS_DATA_DIR).`);
  }
  if (newKeyFile === undefined && settings.masterKey.kind !== 'data-folder') {
    const place = placeOf(settings.masterKey, folder.masterKey);
    throw new StartUpProblem(
      `The master key comes from ${place}: say where the new one lies, with --new-key-file.`,
    );
  }
  const values = openSealedValues(folder.database);
  try {
    const rotation = rotate({ settings, folder, values, newKeyFile, onStep });
    recordRotation(folder, settings, log, rotation);
    return rotation;
  } finally {
    values.close();
  }
}

type Parts = {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly values: SealedValues;
  readonly newKeyFile: string | undefined;
  readonly onStep: (step: RotationStep) => void;
};

function rotate(parts: Parts): Rotation {
  return parts.newKeyFile === undefined ? withinFolder(parts) : toFile(parts, parts.newKeyFile);
}

function withinFolder({ settings, folder, values, onStep }: Parts): Rotation {
  const old = keyInForce(settings, folder, values);
  if (old === undefined) throw new StartUpProblem(wrongKey(settings.masterKey, folder.masterKey));
  const fresh = newMasterKey();
  replaceKeyFile(folder.masterKey, [old, fresh]);
  onStep('announced');
  const count = values.rewrap(sealOf(old), sealOf(fresh));
  onStep('rewrapped');
  replaceKeyFile(folder.masterKey, [fresh]);
  onStep('settled');
  return { values: count, keyFile: folder.masterKey, found: true };
}

function toFile({ settings, folder, values, onStep }: Parts, newKeyFile: string): Rotation {
  const old = keyInForce(settings, folder, values);
  const wrong = wrongKey(settings.masterKey, folder.masterKey);
  if (old === undefined && !existsSync(newKeyFile)) throw new StartUpProblem(wrong);
  const fresh = newKeyIn(newKeyFile);
  onStep('announced');
  const done = values.openWith(sealOf(fresh));
  if (old !== undefined && done) {
    throw new StartUpProblem(`--new-key-file: ${newKeyFile} holds the key that is in force already.`);
  }
  if (old === undefined && !done) throw new StartUpProblem(wrong);
  const count = old === undefined ? 0 : values.rewrap(sealOf(old), sealOf(fresh));
  onStep('rewrapped');
  if (settings.masterKey.kind === 'data-folder') rmSync(folder.masterKey, { force: true });
  onStep('settled');
  const { masterKey } = settings;
  return { values: count, keyFile: newKeyFile, found: masterKey.kind === 'file' && masterKey.path === newKeyFile };
}

function newKeyIn(path: string): MasterKey {
  let text: string;
  try {
    makeKeyFile(path);
    text = readFileSync(path, 'latin1');
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new StartUpProblem(`--new-key-file: ${path} cannot be used: ${reason}.`, { cause: error });
  }
  const key = parseMasterKey(text);
  if (key === undefined) throw new StartUpProblem(`--new-key-file: ${path} does not hold ${KEY_FORM}.`);
  return key;
}

/** The key of the settings that opens the store; undefined where none of them does. */
function keyInForce({ masterKey }: Settings, folder: DataFolder, values: SealedValues): MasterKey | undefined {
  const loaded = loadMasterKey(masterKey, folder.masterKey, true);
  if (loaded.kind === 'ready') return loaded.keys.find((key) => values.openWith(sealOf(key)));
  // Gone from the data folder once the rotation to a file was done: to be told from a key that never was there.
  if (masterKey.kind === 'data-folder' && !existsSync(folder.masterKey)) return undefined;
  throw new StartUpProblem(loaded.message);
}

function recordRotation(folder: DataFolder, settings: Settings, log: Logger, { values }: Rotation): void {
  const { keepDays } = settings.audit;
  const trail = new AuditLog({ folder: folder.audit, clock: systemClock, log, keepDays });
  trail.record(operatorEntry('smartjobs:RotateMasterKey', { Values: String(values) }));
  void trail.stop();
}
