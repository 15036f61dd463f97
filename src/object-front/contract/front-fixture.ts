import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { withLinkKeys } from '../../auth/link-key.ts';
import type { OssRequest } from '../../auth/oss-request.ts';
import { ossV1Authorization } from '../../auth/oss-signature-v1.ts';
import { ossV4Authorization, ossV4Time } from '../../auth/oss-signature-v4.ts';
import type { CompiledPolicy } from '../../auth/policy/compile-policy.ts';
import { ManualClock } from '../../base/clock.ts';
import { silentLogger } from '../../base/logger.ts';
import type { AccountId } from '../../jobs/account.ts';
import { openFolderStore } from '../../objects/folder-store.ts';
import { startObjectFront, type ObjectFront, type ObjectFrontOptions } from '../object-front.ts';

/** Of the links that the front takes beside the keys. */
export const LINK_SECRET = Buffer.alloc(32, 7);

const active = { principal: { kind: 'root' }, status: 'Active' } as const;
export const ALICE = { id: 'ALICE', secret: 'alice-secret', account: '1000000000000001' as AccountId, ...active };
/** A user of Alice's account. */
export const CAROL = {
  id: 'CAROL',
  secret: 'carol-secret',
  account: ALICE.account,
  principal: { kind: 'user', userId: '200000000000000001', userName: 'carol' },
  status: 'Active',
} as const;
export const BOB = { id: 'BOB', secret: 'bob-secret', account: '1000000000000002' as AccountId, ...active };

export type Sent = {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: string;
  readonly signer?: { readonly id: string; readonly secret: string };
};

/** An object front on a folder and a port of its own for each test, with a bucket `media` that is Alice's. */
export class FrontFixture {
  clock = new ManualClock(0);
  root = '';
  front: ObjectFront | undefined;
  /** Of Carol; none at first. */
  policies: readonly CompiledPolicy[] = [];

  constructor() {
    beforeEach(async () => {
      this.clock = new ManualClock(Date.now());
      this.policies = [];
      this.root = await mkdtemp(join(tmpdir(), 'object-front-'));
      await this.restart();
      await this.send('PUT', 'media', '');
    });
    afterEach(async () => {
      await this.front?.stop();
      await rm(this.root, { recursive: true });
    });
  }

  get base(): string {
    return `http://127.0.0.1:${this.front?.port}`;
  }

  async restart(options: Partial<ObjectFrontOptions> = {}): Promise<void> {
    await this.front?.stop();
    const objects = await openFolderStore(this.root);
    const kept = {
      find: async (id: string) => ({ key: [ALICE, BOB, CAROL].find((key) => key.id === id) }),
      used: () => undefined,
    };
    const keys = withLinkKeys(kept, LINK_SECRET);
    const policies = { policiesOf: async () => this.policies };
    const deps = { objects, keys, policies, clock: this.clock, log: silentLogger };
    this.front = await startObjectFront(deps, { host: '127.0.0.1', port: 0, ...options });
  }

  /** A request of our own making, signed V4, for what the official client does not send. */
  async send(
    method: string,
    bucket: string,
    key: string,
    { body, headers, query = {}, signer = ALICE }: Sent = {},
  ): Promise<Response> {
    const signed: Record<string, string> = {
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-oss-date': ossV4Time(this.clock.now()),
      ...(body === undefined ? {} : { 'content-type': 'text/plain' }),
      ...headers,
    };
    const request = { method, bucket, key, query: new Map(Object.entries(query)), headers: signed };
    const authorization = ossV4Authorization(request, signer, 'cn-shanghai');
    return fetch(this.urlOf(request), {
      method,
      headers: { ...signed, authorization },
      ...(body === undefined ? {} : { body }),
    });
  }

  urlOf({ bucket, key, query }: Pick<OssRequest, 'bucket' | 'key' | 'query'>): string {
    const path = [bucket, ...(key === '' ? [] : key.split('/'))].map(encodeURIComponent).join('/');
    const search = new URLSearchParams([...query]).toString();
    return `${this.base}/${path}${search === '' ? '' : `?${search}`}`;
  }

  async openRaw(): Promise<Socket> {
    const socket = connect(this.front?.port ?? 0, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  /** Request line and signed headers of a request for a key in `media`, open for more headers. */
  signedHead(method: string, key: string, signer = ALICE): string {
    const headers = { date: new Date(this.clock.now()).toUTCString() };
    const authorization = ossV1Authorization({ method, bucket: 'media', key, query: new Map(), headers }, signer);
    return `${method} /media/${key} HTTP/1.1\r\nhost: x\r\ndate: ${headers.date}\r\nauthorization: ${authorization}\r\n`;
  }
}

export async function errorOf(response: Response): Promise<string> {
  return /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? 'no error';
}

/** Looks again at each turn of the event loop until it is so; the test's own time limit ends it otherwise. */
export async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
