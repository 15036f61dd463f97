import { existsSync } from 'node:fs';
import { repairStore, type RepairOutcome } from '../store/sqlite/repair-store.ts';
import { openDataFolder } from './data-folder.ts';
import { asStartUpProblem, StartUpProblem } from './start-up-problem.ts';

export type DataRepair = RepairOutcome & {
  /** The database file. */
  readonly database: string;
};

/**
 * Examines the database in the data folder of a stopped server, and repairs it unless it is only to look.
 * @throws StartUpProblem where that cannot be tried: a server runs there, no server ever ran there
 */
export async function repairData(dataDir: string, onlyLook: boolean): Promise<DataRepair> {
  if (!existsSync(dataDir)) throw new StartUpProblem(`${dataDir} does not exist: no server has run there yet.`);
  const { database } = await openDataFolder(dataDir);
  try {
    return { database, ...repairStore(database, onlyLook) };
  } catch (error) {
    throw asStartUpProblem(error);
  }
}
