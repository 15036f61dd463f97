import { expect, test } from 'vitest';
import { signedLink } from '../auth/link-key.ts';
import { ALICE, BOB, errorOf, FrontFixture, LINK_SECRET } from './contract/front-fixture.ts';

const at = new FrontFixture();
const KEY = "talks/会议 1+2 & it's (a) *test*!.vtt";

function link(
  changes: { account?: typeof ALICE.account; key?: string; secret?: Buffer; base?: string } = {},
): string {
  const { account = ALICE.account, key = KEY, secret = LINK_SECRET, base = at.base } = changes;
  return signedLink({ secret, region: 'cn-shanghai', base }, account, { bucket: 'media', key }, at.clock.now());
}

test('a link is read by anybody, in parts too, and by scripts of any page, until its hour is over', async () => {
  await at.send('PUT', 'media', KEY, { body: 'WEBVTT' });
  const url = link();
  const response = await fetch(url);
  expect(await response.text()).toBe('WEBVTT');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await (await fetch(url, { headers: { range: 'bytes=0-2' } })).text()).toBe('WEB');
  at.clock.advance(3_599_000);
  expect((await fetch(url)).status).toBe(200);
  at.clock.advance(2_000);
  const late = await fetch(url);
  expect([late.status, await errorOf(late)]).toEqual([403, 'AccessDenied']);
  expect(late.headers.get('access-control-allow-origin')).toBe('*');
});

test('a base with a slash at its end makes the same link', () => {
  expect(link({ base: `${at.base}/` })).toBe(link());
});

test.each([
  ['another key', (url: string): string => url.replace('.vtt?', '.srt?')],
  ['a longer life', (url: string): string => url.replace('x-oss-expires=3600', 'x-oss-expires=36000')],
  ['another account', (url: string): string => url.replace(ALICE.account, BOB.account)],
  ['another signature', (url: string): string => url.replace(/(x-oss-signature=)./, '$1x')],
  ['a parameter more', (url: string): string => `${url}&response-content-type=text/html`],
])('a link that was changed to %s is refused', async (_what, change) => {
  await at.send('PUT', 'media', KEY, { body: 'WEBVTT' });
  expect((await fetch(link())).status).toBe(200);
  expect((await fetch(change(link()))).status).toBe(403);
});

test('a link reads one object and does nothing else', async () => {
  await at.send('PUT', 'media', KEY, { body: 'WEBVTT' });
  for (const method of ['PUT', 'DELETE', 'HEAD', 'POST']) {
    expect((await fetch(link(), { method, ...(method === 'PUT' && { body: 'x' }) })).status, method).toBe(403);
  }
  expect((await fetch(link({ account: BOB.account }))).status).toBe(403);
  expect((await fetch(link({ secret: Buffer.alloc(32, 8) }))).status).toBe(403);
  expect((await fetch(link({ key: 'missing' }))).status).toBe(404);
  expect(await (await fetch(link())).text()).toBe('WEBVTT');
});

test('only signed URLs are for scripts of any page', async () => {
  await at.send('PUT', 'media', KEY, { body: 'WEBVTT' });
  expect((await at.send('GET', 'media', KEY)).headers.get('access-control-allow-origin')).toBeNull();
});
