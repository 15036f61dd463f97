import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import { readSettings } from '../../src/server/settings.ts';
import { startServer } from '../../src/server/start-server.ts';

/** A whole server in this process: real sockets, real store, in a folder of its own. */
export type TestServer = {
  /** `127.0.0.1:port`, as the official clients want it. */
  readonly host: string;
  readonly endpoint: string;
  readonly objects: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly account: string;
  readonly dataDir: string;
  /** Stops the server; the folder goes too, unless it was given by the caller. */
  stop(): Promise<void>;
};

/** @param env settings over the test defaults: any free ports, no workers, no logs */
export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = env.SMARTJOBS_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'smartjobs-test-')));
  const outcome = readSettings({
    flags: {},
    env: {
      SMARTJOBS_PORT: '0',
      SMARTJOBS_OBJECTS_PORT: '0',
      SMARTJOBS_WORKERS: '0',
      SMARTJOBS_DATA_DIR: dataDir,
      ...env,
    },
    cwd: process.cwd(),
  });
  if (outcome.kind === 'problems') throw new Error(outcome.problems.join('\n'));
  const server = await startServer(outcome.settings, silentLogger);
  const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as {
    accessKeyId: string;
    accessKeySecret: string;
    accountId: string;
  };
  const { endpoint, objects } = server.ready;
  return {
    host: endpoint.replace('http://', ''),
    endpoint,
    objects,
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: credentials.accessKeySecret,
    account: credentials.accountId,
    dataDir,
    stop: async () => {
      await server.stop();
      if (env.SMARTJOBS_DATA_DIR === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
