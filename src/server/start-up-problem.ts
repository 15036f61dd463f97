import { StoreUnavailable } from '../jobs/store-unavailable.ts';
import { UnusableDatabase } from '../store/sqlite/migrations.ts';

/** Why the server cannot start, in one sentence for whoever tried; nothing is wrong with the program. */
export class StartUpProblem extends Error {
  override readonly name = 'StartUpProblem';
}

type Sentences = Readonly<Record<string, (place: string) => string>>;

const LISTENING: Sentences = {
  EADDRINUSE: (address) =>
    `${address} is in use by another program. End it, or choose another port (--port, --objects-port; 0 takes any free one).`,
  EACCES: (address) => `${address} may not be used by this user.`,
  EADDRNOTAVAIL: (address) => `${address} is not an address of this machine (--host).`,
  ENOTFOUND: (address) => `${address} is not an address of this machine (--host).`,
};

const FULL = (): string => 'The disk of the data directory is full (SMARTJOBS_DATA_DIR): free some space.';
const FORBIDDEN = (file: string): string =>
  `${file} may not be read or written by this user: change its owner or mode, or choose another data directory (SMARTJOBS_DATA_DIR).`;
const IN_THE_WAY = (file: string): string =>
  `${file} is not what it should be, a file where a folder belongs or the other way round: move it away, or choose another data directory (SMARTJOBS_DATA_DIR).`;

const FILES: Sentences = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: (file) => `${file} lies on a read-only disk: choose another data directory (SMARTJOBS_DATA_DIR).`,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ENOTDIR: IN_THE_WAY,
  EISDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
  EIO: (file) => `${file} cannot be read or written, its disk failed: check it, and the log of the system.`,
};

/** What was thrown, as a StartUpProblem where the cause lies outside the program; else as it is. */
export function asStartUpProblem(error: unknown): unknown {
  if (error instanceof UnusableDatabase || error instanceof StoreUnavailable) {
    return new StartUpProblem(error.message, { cause: error });
  }
  if (!(error instanceof Error)) return error;
  const { code, syscall, address, port, hostname, path } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
    hostname?: string;
  };
  const place = port === undefined ? (path ?? hostname ?? 'The data directory') : `${address ?? ''}:${port}`;
  const sentences = syscall === 'listen' || syscall === 'getaddrinfo' ? LISTENING : FILES;
  const sentence = sentences[code ?? ''];
  return sentence === undefined ? error : new StartUpProblem(sentence(place), { cause: error });
}
