import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_POLICIES, TEST_KEYS, TEST_TOKEN_KEY } from '../../src/auth/test-requests.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { startRpcServer, type RpcServer } from '../../src/server/rpc-server.ts';

let server: RpcServer;
let ready = true;
beforeAll(async () => {
  const gateway = new Gateway({
    operations: [],
    services: {},
    keys: TEST_KEYS,
    policies: NO_POLICIES,
    tokenKey: TEST_TOKEN_KEY,
    diagnosticKey: TEST_TOKEN_KEY,
    nonces: { remember: async () => true, stop: async () => undefined },
    clock: systemClock,
    log: silentLogger,
  });
  const timeouts = { head: 200, request: 400, keepAlive: 1_000, stop: 100 };
  server = await startRpcServer({ gateway, isReady: () => ready }, { host: '127.0.0.1', port: 0, timeouts });
});
afterAll(() => server.stop());

/** Sends the head of a request and then nothing; resolves to what the server says before it hangs up. */
function halfSent(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
  });
}

test.each([
  ['whose headers never end', 'GET / HTTP/1.1\r\nhost: x\r\n'],
  ['whose body never ends', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf'],
])('a request %s is answered as RequestTimeout and cut off', async (_name, bytes) => {
  const answer = await halfSent(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('"Code":"RequestTimeout"');
});

test('readyz says no while the store cannot be read', async () => {
  ready = false;
  const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
  ready = true;
  expect(answer.status).toBe(503);
});
