import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { TEST_KEYS, NO_POLICIES, TEST_TOKEN_KEY } from '../auth/test-requests.ts';
import { ManualClock, systemClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import { Gateway } from '../gateway/gateway.ts';
import { answer, defineOperation, type AnyOperation } from '../gateway/operation.ts';
import { RpcClient } from './rpc-client.ts';

const KEY = { id: 'testid', secret: 'testsecret' };
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** @returns the endpoint */
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The real gateway, which verifies every signature and refuses a nonce's second use. */
async function startGateway(operations: readonly AnyOperation<null>[]): Promise<string> {
  const seen = new Set<string>();
  const nonces = {
    remember: async (_key: string, nonce: string) => !seen.has(nonce) && seen.add(nonce) !== undefined,
    stop: () => Promise.resolve(),
  };
  const clock = systemClock;
  const auth = { keys: TEST_KEYS, nonces, policies: NO_POLICIES, tokenKey: TEST_TOKEN_KEY };
  const diagnosticKey = TEST_TOKEN_KEY;
  const gateway = new Gateway({ ...auth, diagnosticKey, operations, services: null, clock, log: silentLogger });
  const server = createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const { status, headers, body } = await gateway.answer({
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body: await buffer(request),
        remoteAddress: '127.0.0.1',
        secure: false,
      });
      response.writeHead(status, headers).end(body);
    };
    void serve();
  });
  return listen(server);
}

const operation = defineOperation<null>();
const text = { kind: 'text', description: '' } as const;

const echo = operation({
  product: 'ice',
  action: 'SubmitASRJob',
  summary: '',
  ramAction: 'ice:SubmitASRJob',
  parameters: { Title: text, UserData: text, Description: { ...text, maxBytes: 4 } },
  answers: [],
  handle: async ({ values }) => answer({ JobId: values.Title, State: values.UserData }),
});

const pages: Readonly<Record<string, string>> = { '': 'second', second: 'third', third: '' };

const list = operation({
  product: 'ice',
  action: 'ListSmartJobs',
  summary: '',
  ramAction: 'ice:ListSmartJobs',
  parameters: { NextToken: text, JobType: text },
  answers: [],
  handle: async ({ values }) =>
    answer({
      SmartJobList: [{ JobId: `${values.JobType} ${values.NextToken}` }],
      NextToken: pages[values.NextToken],
    }),
});

describe('the RPC client', () => {
  test('signs so that the gateway accepts it, and sends any text unchanged', async () => {
    const client = new RpcClient({ endpoint: await startGateway([echo]), key: KEY });
    const title = "a b+c%20&=é中文🎤'()*~\n\u0000";
    const long = 'ü'.repeat(200_000);
    const outcome = await client.call('SubmitASRJob', { Title: title, UserData: long, Description: undefined });
    expect(outcome).toMatchObject({ kind: 'ok', body: { JobId: title, State: long } });
  });

  test('takes a new nonce for each call', async () => {
    const client = new RpcClient({ endpoint: await startGateway([echo]), key: KEY });
    await client.call('SubmitASRJob', {});
    expect(await client.call('SubmitASRJob', {})).toMatchObject({ kind: 'ok' });
  });

  test('hands over code, message, request id and status of an error', async () => {
    const client = new RpcClient({ endpoint: await startGateway([echo]), key: KEY });
    expect(await client.call('SubmitASRJob', { Description: '12345' })).toEqual({
      kind: 'error',
      code: 'InvalidParameter',
      message: expect.stringContaining('Description'),
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      status: 400,
    });
  });

  test('is refused with a wrong secret and with a clock that is far off', async () => {
    const endpoint = await startGateway([echo]);
    const wrong = new RpcClient({ endpoint, key: { ...KEY, secret: 'other' } });
    expect(await wrong.call('SubmitASRJob', {})).toMatchObject({ kind: 'error', code: 'SignatureDoesNotMatch' });
    const late = new RpcClient({ endpoint, key: KEY }, new ManualClock(Date.now() - 16 * 60_000));
    expect(await late.call('SubmitASRJob', {})).toMatchObject({ kind: 'error', code: 'InvalidTimeStamp.Expired' });
  });

  test('says that nothing listens, with the address and the setting', async () => {
    const server = createServer();
    const endpoint = await listen(server);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const outcome = await new RpcClient({ endpoint, key: KEY }).call('ListSmartJobs', {});
    expect(outcome).toEqual({
      kind: 'unreachable',
      message: `No answer from ${endpoint}: nothing listens there. Is the server running (npm start)? Is SMARTJOBS_ENDPOINT right?`,
    });
  });

  test.each([
    [502, '<html>Bad Gateway</html>'],
    [200, 'OK'],
    [200, '{"status":"alive"}'],
    [200, 'null'],
  ])('does not take HTTP %i %j of somebody else for an answer', async (status, body) => {
    const endpoint = await listen(createServer((_request, response) => response.writeHead(status).end(body)));
    expect(await new RpcClient({ endpoint, key: KEY }).call('ListSmartJobs', {})).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining(`HTTP ${status}`),
    });
  });

  test('walks all pages with the same filters and ends', async () => {
    const client = new RpcClient({ endpoint: await startGateway([list]), key: KEY });
    const seen: string[] = [];
    for await (const page of client.listPages({ JobType: 'ASR' })) {
      if (page.kind === 'ok') seen.push(...page.body.SmartJobList.map(({ JobId }) => JobId));
    }
    expect(seen).toEqual(['ASR ', 'ASR second', 'ASR third']);
  });

  test('ends a walk with the error that broke it', async () => {
    const client = new RpcClient({ endpoint: await startGateway([]), key: KEY });
    const kinds: string[] = [];
    for await (const page of client.listPages({})) kinds.push(page.kind);
    expect(kinds).toEqual(['error']);
  });
});
