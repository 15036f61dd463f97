import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePolicy, parseTrustPolicy } from '../../src/auth/policy/parse-policy.ts';
import { asrEditingConfig } from '../../src/operations/asr-editing-config.ts';
import { readRequest } from '../../src/gateway/read-request.ts';
import { parseObjectAddress } from '../../src/objects/object-address.ts';
import { originOf } from '../../src/server/trusted-proxies.ts';
import { rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { holdsWithinBudget, TEST_TIMEOUT } from './budget.ts';
import { anyCall, type FuzzedCall } from './calls.ts';
import { jsonText, nastyText } from './documents.ts';
import { exchange, rawRequest } from './raw-bytes.ts';
import { monitorStalls, type Stalls } from './stall-monitor.ts';

/** Milliseconds. Longer, and the answers to everybody else wait. */
const LONGEST_STALL = 200;

let server: TestServer;
const faults: unknown[] = [];
const onFault = (fault: unknown): void => void faults.push(fault);

beforeAll(async () => {
  process.on('unhandledRejection', onFault);
  server = await startTestServer({ SMARTJOBS_TRUSTED_PROXIES: '127.0.0.1' });
});

afterAll(async () => {
  process.off('unhandledRejection', onFault);
  await server.stop();
});

/** Runs a part under the monitor, and sees that the server is none the worse. Resolves to the longest stall. */
async function watched(what: string, run: () => Promise<number>): Promise<number> {
  const stop = monitorStalls();
  const count = await run();
  const stalls: Stalls = stop();
  console.log(
    `fuzz, ${what}: ${count} tried; longest stall ${stalls.worst} ms (${stalls.worstByClock} by the clock)`,
  );
  expect(count).toBeGreaterThanOrEqual(10);
  expect(faults).toEqual([]);
  for (const url of [`${server.endpoint}/healthz`, server.objects])
    expect((await fetch(url)).status).toBeLessThan(500);
  return stalls.worst;
}

/** Half a character cannot be sent: UTF-8 has no way to write it. */
function wellFormed(parameters: Record<string, string>): Record<string, string> {
  const whole = (text: string): string => Buffer.from(text).toString();
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [whole(name), whole(value)]));
}

async function tryCall({ action, parameters }: FuzzedCall, method: string): Promise<void> {
  const placement = method === 'GET' ? 'query' : 'form';
  const answer = await rawCall(server, action, wellFormed(parameters), { method, placement });
  expect([200, 400, 403, 404, 405, 409, 413, 431]).toContain(answer.status);
  const text = answer.text;
  expect(text).toContain(answer.headers.get('x-acs-request-id'));
  const isError = text.includes('"Code":"') || text.includes('<Code>');
  expect(isError).toBe(answer.status !== 200);
}

test(
  'every operation answers any parameters, documents included, with 200 or an error of its own',
  async () => {
    const stall = await watched('operations', async () => {
      let count = 0;
      const calls = fc.asyncProperty(
        fc.array(anyCall, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('GET', 'POST'),
        async (batch, method) => {
          count += batch.length;
          await Promise.all(batch.map((call) => tryCall(call, method)));
        },
      );
      await holdsWithinBudget(calls);
      return count;
    });
    expect(stall).toBeLessThan(LONGEST_STALL);
  },
  TEST_TIMEOUT,
);

test(
  'both ports outlive any bytes, and answer no 500',
  async () => {
    const stall = await watched('raw sockets', async () => {
      let count = 0;
      const ports = [server.endpoint, server.objects].map((url) => Number(new URL(url).port));
      const bytes = fc.asyncProperty(fc.array(rawRequest, { minLength: 1, maxLength: 6 }), async (clients) => {
        count += clients.length;
        const answers = await Promise.all(clients.map((parts, index) => exchange(ports[index % 2] ?? 0, parts)));
        for (const answer of answers) expect(answer).not.toMatch(/^HTTP\/1\.1 5(?!01)|^(?!HTTP\/1\.1 |$)/);
      });
      await holdsWithinBudget(bytes);
      return count;
    });
    expect(stall).toBeLessThan(LONGEST_STALL);
  },
  TEST_TIMEOUT,
);

test(
  'the readers of what strangers write give an outcome for any text',
  async () => {
    const stall = await watched('readers', async () => {
      let count = 0;
      const texts = fc.asyncProperty(jsonText, nastyText, async (document, text) => {
        count += 1;
        // Each is one event: what it takes is what others wait.
        await setImmediate();
        expect(parsePolicy(document).kind).toMatch(/^(policy|invalid)$/);
        expect(parseTrustPolicy(document).kind).toMatch(/^(policy|invalid)$/);
        asrEditingConfig.safeParse(document);
        parseObjectAddress(text, ['http://127.0.0.1:7789']);
        const headers = { forwarded: text, 'x-forwarded-for': text, 'x-forwarded-proto': text };
        originOf({ address: '127.0.0.1', secure: false }, headers, []);
        const parts = { method: 'POST', body: Buffer.from(document), remoteAddress: '', secure: false };
        const type = { 'content-type': 'application/x-www-form-urlencoded', authorization: `ACS3-${text}` };
        readRequest({ ...parts, target: `/?${text}`, headers: type });
      });
      await holdsWithinBudget(texts);
      return count;
    });
    expect(stall).toBeLessThan(LONGEST_STALL);
  },
  TEST_TIMEOUT,
);
