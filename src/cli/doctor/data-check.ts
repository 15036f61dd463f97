import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { missing, ok, type Check } from './check.ts';

/** A folder that is not there yet is made by the first start, if the nearest one above allows it. */
export function dataCheck(dataDir: string): Check {
  const name = 'data folder';
  const nearest = nearestExisting(dataDir);
  const remedy = 'Correct its permissions, or choose another folder with SMARTJOBS_DATA_DIR.';
  if (!statSync(nearest).isDirectory()) return missing(name, `${nearest} is not a folder`, remedy);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    return missing(name, `${nearest} cannot be written`, remedy);
  }
  return ok(name, nearest === dataDir ? dataDir : `${dataDir} (made at the first start)`);
}

function nearestExisting(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
