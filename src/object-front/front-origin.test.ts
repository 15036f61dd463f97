import { request as send } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { text } from 'node:stream/consumers';
import { systemClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import type { OriginReader } from './front-origin.ts';
import { startObjectFront, type ObjectFront } from './object-front.ts';

let front: ObjectFront;
const originOf = vi.fn<OriginReader>();
const record = vi.fn<(entry: { source: string }) => void>();

beforeAll(async () => {
  const audit = { trail: { record }, reads: true } as never;
  const parts = { objects: {}, keys: { find: async () => ({ key: undefined }) }, policies: {} } as never;
  const deps = { ...(parts as object), clock: systemClock, log: silentLogger, audit, originOf } as never;
  front = await startObjectFront(deps, { host: '127.0.0.1', port: 0 });
});
afterAll(() => front.stop());

async function ask(): Promise<IncomingMessage> {
  const asked = send({
    port: front.port,
    host: '127.0.0.1',
    path: '/media/a',
    headers: { 'x-forwarded-for': '192.0.2.1' },
  });
  asked.end();
  return (await once(asked, 'response'))[0] as IncomingMessage;
}

test('the client that a trusted proxy names is who a request is from', async () => {
  originOf.mockReturnValue({ kind: 'origin', address: '192.0.2.1', secure: true });
  const answer = await ask();
  expect(originOf.mock.calls[0]).toMatchObject([
    { address: '127.0.0.1', secure: false },
    { 'x-forwarded-for': '192.0.2.1' },
  ]);
  expect(record).toHaveBeenCalledWith(expect.objectContaining({ source: '192.0.2.1' }));
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  answer.resume();
});

test('a request whose proxies contradict each other is refused', async () => {
  originOf.mockReturnValue({ kind: 'unclear', message: 'They disagree.' });
  const answer = await ask();
  expect(answer.statusCode).toBe(400);
  expect(await text(answer)).toContain('They disagree.');
});
