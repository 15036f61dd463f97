import { existsSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newAccessKey } from '../auth/new-access-key.ts';
import type { AccountId } from '../jobs/account.ts';
import { syncFolder } from '../objects/durable-file.ts';
import type { SqliteAccessKeys } from '../store/sqlite/access-keys.ts';
import type { Settings } from './settings.ts';

/** What the start-up text says of the root key. */
export type RootKeyNotice = {
  readonly accessKeyId: string;
  /** Where the secret can be read, in words. */
  readonly secretLies: string;
};

/**
 * The account's root key: the one from the settings, else the one made at the first start. A made one is kept
 * encrypted in the store, and written in clear once, to `credentials.json` (mode 0600) in the data folder, where
 * the client commands of this machine find it.
 */
export async function ensureRootKey(
  { rootAccessKey, dataDir }: Settings,
  account: AccountId,
  keys: SqliteAccessKeys,
): Promise<RootKeyNotice> {
  if (rootAccessKey !== undefined) {
    await keys.saveRoot(rootAccessKey.id, rootAccessKey.secret, account);
    return { accessKeyId: rootAccessKey.id, secretLies: 'in SMARTJOBS_ROOT_ACCESS_KEY_SECRET, where you set it' };
  }
  const file = join(dataDir, 'credentials.json');
  const kept = await keys.rootKey(account);
  if (kept === undefined) {
    const made = newAccessKey();
    // The file first: a process that is killed in between leaves a key that is made anew, not one that nobody knows.
    await writeCredentials(file, { accessKeyId: made.id, accessKeySecret: made.secret, accountId: account });
    await keys.saveRoot(made.id, made.secret, account);
    return { accessKeyId: made.id, secretLies: `in ${file}` };
  }
  const secretLies = existsSync(file)
    ? `in ${file}`
    : `nowhere in clear any more; set SMARTJOBS_ROOT_ACCESS_KEY_ID and _SECRET to give the account another one`;
  return { accessKeyId: kept.id, secretLies };
}

async function writeCredentials(file: string, credentials: Record<string, string>): Promise<void> {
  const handle = await openFile(file, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(file));
}
