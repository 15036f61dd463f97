import { UnusableDatabase } from '../store/sqlite/migrations.ts';

/** Why the server cannot start, in one sentence for whoever tried; nothing is wrong with the program. */
export class StartUpProblem extends Error {
  override readonly name = 'StartUpProblem';
}

const BY_CODE: Readonly<Record<string, (address: string) => string>> = {
  EADDRINUSE: (address) =>
    `${address} is in use by another program. End it, or choose another port (--port, --objects-port; 0 takes any free one).`,
  EACCES: (address) => `${address} may not be used by this user.`,
  EADDRNOTAVAIL: (address) => `${address} is not an address of this machine (--host).`,
  ENOTFOUND: (address) => `${address} is not an address of this machine (--host).`,
};

/** What was thrown, as a StartUpProblem where the cause lies outside the program; else as it is. */
export function asStartUpProblem(error: unknown): unknown {
  if (error instanceof UnusableDatabase) return new StartUpProblem(error.message, { cause: error });
  if (!(error instanceof Error)) return error;
  const { code, syscall, address, port, hostname, path } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
    hostname?: string;
  };
  const place = port === undefined ? (path ?? hostname ?? 'it') : `${address ?? ''}:${port}`;
  const sentence =
    syscall === 'listen' || code === 'EACCES' || code === 'ENOTFOUND' ? BY_CODE[code ?? ''] : undefined;
  return sentence === undefined ? error : new StartUpProblem(sentence(place), { cause: error });
}
