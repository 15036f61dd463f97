import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SMARTJOBS = fileURLToPath(new URL('../../bin/smartjobs.js', import.meta.url));

type Ready = { readonly event: 'ready'; readonly endpoint: string; readonly objects: string };

/** The built server in a process of its own, as its users run it. */
export type ServerProcess = {
  readonly child: ChildProcess;
  readonly ready: Ready;
  /** All of standard error so far. */
  readonly stderr: () => string;
  /** Resolves when the text stands on standard error: logs go there too. */
  said(text: string): Promise<void>;
  /** Sends the signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; signal: string | null }>;
};

export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [SMARTJOBS, 'serve'], {
    env: { ...process.env, SMARTJOBS_PORT: '0', SMARTJOBS_OBJECTS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit').then(() => undefined);
  const line = await Promise.race([once(lines, 'line'), exited]);
  if (line === undefined) throw new Error(`the server ended before it was ready:\n${stderr}`);
  return {
    child,
    ready: JSON.parse(line[0] as string) as Ready,
    stderr: () => stderr,
    said: async (text) => {
      while (!stderr.includes(text)) await once(child.stderr, 'data');
    },
    end: async (signal) => {
      const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
      child.kill(signal);
      const [code, by] = await ended;
      return { code, signal: by };
    },
  };
}
