import { missing, ok, type Check } from './check.ts';

/** @param version as `20.19.1` @param range the forms of package.json: `^20.19 || >=24` */
export function nodeCheck(version: string, range: string): Check {
  const name = 'Node.js';
  if (isInRange(version, range)) return ok(name, version);
  return missing(
    name,
    `${version} is outside ${range}`,
    'Install a Node.js of that range, such as the current LTS.',
  );
}

function isInRange(version: string, range: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, sign = '', wantedMajor = '', wantedMinor = '0'] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?\s*$/.exec(part) ?? [];
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return sign === '>=' && major > Number(wantedMajor);
  });
}

export const REBUILD_SQLITE = 'npm rebuild better-sqlite3';

/** The native file is bound to one major version of Node.js, so it is what breaks after an update. */
export async function sqliteCheck(): Promise<Check> {
  const name = 'SQLite';
  try {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(':memory:');
    const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
    database.close();
    return ok(name, version);
  } catch (error) {
    const [firstLine = ''] = (error as Error).message.split('\n');
    return missing(name, `its native binding does not load: ${firstLine}`, REBUILD_SQLITE);
  }
}

const EARLIEST = Date.UTC(2025, 0, 1);

/** Signed requests carry the time, and a machine without a battery for its clock begins in 1970. */
export function clockCheck(now: number): Check {
  const time = new Date(now).toISOString();
  if (now >= EARLIEST) return ok('clock', time);
  return missing('clock', `it says ${time}`, 'Set the time of this machine (timedatectl set-ntp true).');
}
