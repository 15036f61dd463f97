import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Credentials } from './official-clients.ts';
import { SMARTJOBS } from './server-process.ts';

/** What the server writes about itself; one JSON object a line. */
export type LogLine = {
  readonly level: number;
  readonly msg: string;
  readonly jobId?: string;
  readonly end?: string;
};

/** The built server in a process that may be killed at any moment, also before it is ready. */
export type DoomedServer = {
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** Where it is reached, and the root key; undefined where it ended before it was ready. */
  readonly ready: Promise<Credentials | undefined>;
  /** Resolves with the exit code, null for a signal, once all it wrote was read. */
  readonly ended: Promise<number | null>;
  readonly stderr: () => string;
};

/** @param user that the process runs as; the caller's own if absent */
export function launch(
  dataDir: string,
  env: Record<string, string>,
  onLog: (line: LogLine) => void,
  user: { readonly uid?: number; readonly gid?: number } = {},
): DoomedServer {
  const child = spawn(process.execPath, [SMARTJOBS, 'serve'], {
    env: { ...process.env, SMARTJOBS_PORT: '0', SMARTJOBS_OBJECTS_PORT: '0', SMARTJOBS_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let stderr = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    const parsed = line.startsWith('{') ? parseLog(line) : undefined;
    if (parsed === undefined) stderr += `${line}\n`;
    else onLog(parsed);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const firstLine = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  );
  const ready = Promise.race([firstLine, ended]).then((line) =>
    typeof line === 'string' ? credentials(dataDir, line) : undefined,
  );
  return { dataDir, child, ready, ended, stderr: () => stderr };
}

async function credentials(dataDir: string, readyLine: string): Promise<Credentials> {
  const { endpoint } = JSON.parse(readyLine) as { endpoint: string };
  const text = await readFile(join(dataDir, 'credentials.json'), 'utf8');
  return { ...(JSON.parse(text) as Credentials), host: endpoint.replace('http://', '') };
}

/** A killed process may leave half a line. */
function parseLog(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
