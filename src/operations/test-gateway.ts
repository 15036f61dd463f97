import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { authorizationV3, payloadHashV3 } from '../auth/signature-v3.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import { wireTime } from '../base/wire-time.ts';
import { Gateway } from '../gateway/gateway.ts';
import { NO_POLICIES, TEST_TOKEN_KEY } from '../auth/test-requests.ts';
import { parseAccountId, type AccountId } from '../jobs/account.ts';
import { JobHints } from '../jobs/job-hints.ts';
import type { JobId } from '../jobs/job-id.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { MediaStore } from '../jobs/media-store.ts';
import { parseObjectAddress } from '../objects/object-address.ts';
import type { ObjectInfo, ObjectStore } from '../objects/object-store.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { ALL_OPERATIONS } from './all-operations.ts';
import type { OperationServices } from './services.ts';

/** 2026-01-02T03:04:05.500Z */
const START = Date.UTC(2026, 0, 2, 3, 4, 5, 500);

export type Called = { readonly status: number; readonly text: string; readonly body: Record<string, unknown> };

/** Every operation behind the whole envelope, over a store on disk, without a socket. */
export type TestGateway = {
  readonly account: AccountId;
  readonly jobs: JobStore;
  readonly media: MediaStore;
  /** What the object store has, by `bucket/key`. */
  readonly stored: Map<string, ObjectInfo>;
  readonly clock: ManualClock;
  readonly pageTokenKey: Buffer;
  /** The jobs whose files were removed. */
  readonly forgotten: JobId[];
  /** A signed call. An answer in XML has no body here, only its text. */
  call(action: string, parameters?: Readonly<Record<string, string>>): Promise<Called>;
  close(): Promise<void>;
};

const account = parseAccountId('1234567890123456') as AccountId;
const key = {
  id: 'LTAItest',
  secret: 'test-secret',
  account,
  principal: { kind: 'root' },
  status: 'Active',
} as const;

/** @param more what only some operations need */
export function openTestGateway(more: Partial<OperationServices> = {}): TestGateway {
  const folder = mkdtempSync(join(tmpdir(), 'smartjobs-operations-'));
  const clock = new ManualClock(START);
  const store = openSqliteStore({ path: join(folder, 'jobs.db'), clock, seal: { seal: String, open: String } });
  const pageTokenKey = randomBytes(32);
  const stored = new Map<string, ObjectInfo>();
  const forgotten: JobId[] = [];
  const shared = { policies: NO_POLICIES, tokenKey: TEST_TOKEN_KEY, diagnosticKey: TEST_TOKEN_KEY, clock };
  const gateway = new Gateway({
    ...shared,
    operations: ALL_OPERATIONS,
    services: {
      ...shared,
      jobs: store.jobs,
      media: store.media,
      objects: { head: async (_account, bucket, name) => found(stored.get(`${bucket}/${name}`)) },
      signedUrl: (of, object, seconds) => `https://signed/${of}/${object.bucket}/${object.key}?${seconds}`,
      identities: store.identities,
      hints: new JobHints(),
      outputs: {
        linkTo: (_account, object) => `signed ${object}`,
        forget: async (_account, ids) => void forgotten.push(...ids),
      },
      hotwords: store.hotwords,
      pageTokenKey,
      addressOf: (input) => parseObjectAddress(input),
      ...more,
    },
    keys: { find: (id) => Promise.resolve({ key: id === key.id ? key : undefined }), used: () => undefined },
    nonces: { remember: async () => true, stop: () => Promise.resolve() },
    log: silentLogger,
  });
  return {
    account,
    jobs: store.jobs,
    media: store.media,
    stored,
    clock,
    pageTokenKey,
    forgotten,
    async call(action, parameters = {}) {
      const body = Buffer.from(new URLSearchParams(parameters).toString());
      const headers = signedHeaders(action, body, clock.now(), key);
      const from = { remoteAddress: '127.0.0.1', secure: false };
      const answer = await gateway.answer({ method: 'POST', target: '/', headers, body, ...from });
      const isJson = answer.headers['content-type']?.includes('json') === true;
      const parsed = isJson ? (JSON.parse(answer.body) as Record<string, unknown>) : {};
      return { status: answer.status, text: answer.body, body: parsed };
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function found(info: ObjectInfo | undefined): Awaited<ReturnType<ObjectStore['head']>> {
  return info === undefined ? { kind: 'no-such-key' } : { kind: 'found', info };
}

function signedHeaders(
  action: string,
  body: Buffer,
  now: number,
  signer: { readonly id: string; readonly secret: string },
): Record<string, string> {
  const headers = {
    host: 'localhost',
    'content-type': 'application/x-www-form-urlencoded',
    'x-acs-action': action,
    'x-acs-version': '2020-11-09',
    'x-acs-date': wireTime(now),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': payloadHashV3('ACS3-HMAC-SHA256', body),
  };
  const none: ReadonlyMap<string, string> = new Map();
  const signed = { method: 'POST', path: '/', headers, query: none, form: none, body } as const;
  return { ...headers, authorization: authorizationV3(signed, signer) };
}
