import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies where in the data folder. */
export type DataFolder = {
  readonly root: string;
  readonly database: string;
  /** Where the master key lies, unless the operator keeps it elsewhere. */
  readonly masterKey: string;
  readonly audit: string;
  readonly nonces: string;
  readonly objects: string;
  /** Emptied at each start: what is in it belonged to runs that are over. */
  readonly scratch: string;
};

/** Makes the folder, for its owner alone. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  return dataFolder(root);
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    database: join(root, 'smartjobs.db'),
    masterKey: join(root, 'master.key'),
    audit: join(root, 'audit'),
    nonces: join(root, 'nonces'),
    objects: join(root, 'objects'),
    scratch: join(root, 'scratch'),
  };
}

/** Only for the process that holds the data folder's lock. */
export async function emptyScratch({ scratch }: DataFolder): Promise<void> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { mode: 0o700 });
}
