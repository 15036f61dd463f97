import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { StoredPolicies } from '../auth/policy-source.ts';
import { TEST_TOKEN_KEY } from '../auth/test-requests.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import { Gateway } from '../gateway/gateway.ts';
import { parseAccountId, type AccountId } from '../jobs/account.ts';
import { JobHints } from '../jobs/job-hints.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { startObjectFront } from '../object-front/object-front.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { parseObjectAddress } from '../objects/object-address.ts';
import { ALL_OPERATIONS } from '../operations/all-operations.ts';
import type { OperationServices } from '../operations/services.ts';
import { startRpcServer } from '../server/rpc-server.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Output } from './cli-context.ts';
import { runCommandLine } from './program.ts';

const account = parseAccountId('1234567890123456') as AccountId;
const KEY = { accessKeyId: 'LTAIbench', accessKeySecret: "bench'secret", accountId: account };

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly clock?: Clock;
  /** What happens while the command waits; it never really waits. */
  readonly onSleep?: () => Promise<void> | void;
};

/** The command line in this process, in a folder of its own. */
export async function runCli(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, isTTY = false, clock = systemClock, onSleep } = options;
  const stdout = new Collected(isTTY);
  const stderr = new Collected(isTTY);
  const sleep = async (): Promise<void> => onSleep?.();
  const code = await runCommandLine(args, { stdout, stderr, env, cwd, clock, sleep });
  return { code, out: stdout.text, err: stderr.text };
}

/** Remembers what is printed; may say that it is a terminal. */
export class Collected extends Writable implements Output {
  readonly isTTY: boolean;
  readonly columns = 100;
  text = '';

  constructor(isTTY = false) {
    super({ write: (chunk: Buffer, _encoding, done) => done(void (this.text += chunk.toString())) });
    this.isTTY = isTTY;
  }

  // What a progress bar asks of a terminal.
  cursorTo(): boolean {
    return true;
  }
  clearLine(): boolean {
    return true;
  }
}

/** A server without workers: the test plays them, through the store. */
export type Bench = {
  readonly folder: string;
  readonly endpoint: string;
  readonly account: AccountId;
  readonly jobs: JobStore;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  stop(): Promise<void>;
};

/** @param more what only some operations need */
export async function startBench(more: Partial<OperationServices> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'smartjobs-cli-'));
  const plain = { seal: (_context: string, text: string) => text, open: (_context: string, text: string) => text };
  const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock: systemClock, seal: plain });
  await store.accessKeys.saveRoot(KEY.accessKeyId, KEY.accessKeySecret, account);
  const policies = new StoredPolicies(store.identities);
  const shared = { policies, tokenKey: TEST_TOKEN_KEY, diagnosticKey: TEST_TOKEN_KEY, clock: systemClock };
  const objectStore = await openFolderStore(join(folder, 'objects'));
  const services = {
    ...shared,
    identities: store.identities,
    media: store.media,
    objects: objectStore,
    jobs: store.jobs,
    hints: new JobHints(),
    hotwords: store.hotwords,
    outputs: { linkTo: (_account: AccountId, object: string) => `signed ${object}`, forget: async () => undefined },
    pageTokenKey: Buffer.alloc(32, 7),
    addressOf: (input: string) => parseObjectAddress(input),
    ...more,
  };
  const parts = { keys: store.accessKeys, clock: systemClock, log: silentLogger };
  const nonces = { remember: async () => true, stop: () => Promise.resolve() };
  const gateway = new Gateway({ ...parts, ...shared, operations: ALL_OPERATIONS, services, nonces });
  const anyPort = { host: '127.0.0.1', port: 0 };
  const server = await startRpcServer({ gateway, isReady: () => true }, anyPort);
  const front = await startObjectFront({ ...parts, policies, objects: objectStore }, anyPort);
  const endpoint = `http://127.0.0.1:${server.port}`;
  const objects = `http://127.0.0.1:${front.port}`;
  await writeFile(
    join(folder, 'server.json'),
    JSON.stringify({ endpoint, objects, region: 'cn-shanghai', pid: 1 }),
  );
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(KEY));
  return {
    folder,
    endpoint,
    account,
    jobs: store.jobs,
    run: (args, options = {}) =>
      runCli(folder, args, { ...options, env: { SMARTJOBS_DATA_DIR: folder, ...options.env } }),
    async stop() {
      await server.stop();
      await front.stop();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
