import { createCipheriv } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HlsBench } from '../../src/pipelines/hls/test-hls-bench.ts';
import { media } from '../../src/pipelines/hls/test-playlists.ts';
import { watchConnections } from './connections.ts';
import { ALL_FORMS, resolveHostile } from './ssrf-forms.ts';

/** Looks like MPEG-TS, and holds nothing. */
const TS = Buffer.alloc(2 * 188, Buffer.concat([Buffer.from([0x47, 0x1f, 0xff, 0x10]), Buffer.alloc(184, 0xff)]));

/** Where connections were opened to in a test. */
let opened: string[];
let bench: HlsBench;
beforeAll(async () => {
  bench = await HlsBench.open();
  await bench.put('a.ts', TS);
  await bench.put('list.m3u8', media('#EXTINF:6,', 'a.ts'));
});
afterAll(() => bench.close());
beforeEach(() => {
  ({ opened } = watchConnections());
});

const segment = (uri: string): string => media('#EXTINF:6,', uri);
const master = (uri: string): string => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${uri}\n`;
const key = (uri: string): string => media(`#EXT-X-KEY:METHOD=AES-128,URI="${uri}"`, '#EXTINF:6,', 'a.ts');
const map = (uri: string): string => media(`#EXT-X-MAP:URI="${uri}"`, '#EXTINF:6,', 'a.ts');
const sound = (uri: string): string =>
  `#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="${uri}"\n` +
  '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nlist.m3u8\n';

async function fetchObject(text: string, maxBytes = 10_000_000) {
  await bench.put('evil.m3u8', text);
  return await bench.fetch('oss://films/evil.m3u8', { allowed: false, maxBytes });
}

describe.each(Object.entries({ segment, variant: master, key, map, 'track of sound': sound }))(
  'the address of a %s',
  (_what, write) => {
    test.each([
      ['http://169.254.169.254/latest/meta-data/', 'refused', 'private address'],
      ['http://100.100.100.200/latest', 'refused', 'private address'],
      ['//127.0.0.1/a.ts', 'refused', 'private address'],
      ['http://[::ffff:7f00:1]/a.ts', 'refused', 'private address'],
      ['http://2130706433/a.ts', 'refused', 'private address'],
      ['https://example.com:22/a.ts', 'refused', 'Port 22'],
      ['file:///etc/passwd', 'refused', 'not one that is read from'],
      ['gopher://127.0.0.1:70/a', 'refused', 'not one that is read from'],
      ['data:text/plain;base64,AAAA', 'refused', 'not one that is read from'],
      ['concat:a.ts|b.ts', 'refused', 'not one that is read from'],
      ['crypto+file:///etc/passwd', 'refused', 'not one that is read from'],
      ['hls+http://127.0.0.1/a.m3u8', 'refused', 'not one that is read from'],
      ['oss://foreign/a.ts', 'refused', 'another bucket'],
      ['oss://others/a.ts', 'refused', 'another bucket'],
      ['http://127.0.0.1:7789/foreign/a.ts', 'refused', 'another bucket'],
      ['../foreign/a.ts', 'refused', 'out of the bucket'],
      ['../../../../etc/passwd', 'refused', 'out of the bucket'],
      ['%2e%2e/%2e%2e/etc/passwd', 'not-found', 'no object'],
      ['/etc/passwd', 'not-found', 'no object'],
      ['subfile,,start,0,end,0,,:/etc/passwd', 'not-found', 'no object'],
      ['missing.ts', 'not-found', 'no object'],
    ])('%s', async (address, kind, why) => {
      const outcome = await fetchObject(write(address));
      expect(outcome).toEqual({ kind, message: expect.stringContaining(why) as string });
      expect(opened).toEqual([]);
      expect(readdirSync(dirname(bench.path))).toEqual(['objects']);
    });
  },
);

test('no spelling of an address that must not be reached is connected to, wherever it stands', async () => {
  for (const form of ALL_FORMS) {
    // Quotes would end the address of a key.
    const writers = /["\r\n]/.test(form) ? [] : [segment, key];
    for (const write of writers) {
      await bench.put('evil.m3u8', write(form));
      const outcome = await bench.fetch('oss://films/evil.m3u8', { allowed: false, resolve: resolveHostile });
      expect(outcome.kind, form).not.toBe('fetched');
    }
  }
  expect(opened).toEqual([]);
});

test('the web names no objects, not even those of whoever submits it', async () => {
  const addresses = [
    'oss://films/a.ts',
    'http://127.0.0.1:7789/films/a.ts',
    'https://films.oss-cn-x.aliyuncs.com/a.ts',
  ];
  for (const address of addresses) {
    bench.serve('/list', Buffer.from(segment(address)));
    expect(await bench.fetch(`${bench.url}/list`)).toMatchObject({ kind: 'refused' });
  }
});

test.each([
  ['/round', 'failed', 4],
  ['/away', 'refused', 1],
])('a redirect from %s is %s, after %i connections', async (path, kind, connections) => {
  bench.serve('/round', `${bench.url}/round`);
  bench.serve('/away', 'http://169.254.169.254/');
  await bench.put('evil.m3u8', segment(`${bench.url}${path}`));
  expect(await bench.fetch('oss://films/evil.m3u8')).toMatchObject({ kind });
  expect(opened).toEqual(Array.from({ length: connections }, () => `127.0.0.1:${bench.port}`));
});

describe('playlists within playlists', () => {
  test.each([
    ['a master that names itself', master('evil.m3u8'), 'playlist-invalid', 'master playlist as well'],
    ['a playlist whose segment is itself', segment('evil.m3u8'), 'playlist-invalid', 'Segment 1 is neither'],
    ['a playlist whose key is itself', key('evil.m3u8'), 'playlist-invalid', '16 of AES-128'],
    ['a variant that is no playlist', master('a.ts'), 'playlist-invalid', 'first line is not #EXTM3U'],
    ['a live variant', master('live.m3u8'), 'playlist-unsupported', 'It is live'],
    ['a variant that is too large', master('large.m3u8'), 'too-large', '5242880'],
  ])('%s', async (_name, text, kind, why) => {
    await bench.put('live.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n');
    await bench.put('large.m3u8', Buffer.alloc(5 * 1024 * 1024 + 1, `#EXTM3U\n`));
    expect(await fetchObject(text)).toEqual({ kind, message: expect.stringContaining(why) as string });
  });
});

describe('what is more than it seems', () => {
  test.each([
    ['a million segments', media('#EXTINF:1\na\n'.repeat(1_000_000)), 'too-large'],
    ['as many segments as the limit of bytes allows', media('#EXTINF:1\na\n'.repeat(400_000)), 'too-large'],
    ['a playlist over the limit', `#EXTM3U\n${'#'.repeat(5 * 1024 * 1024)}`, 'too-large'],
    ['a segment of a hundred years', media('#EXTINF:3155760000,', 'a.ts'), 'too-large'],
    ['a number that is none', media(`#EXTINF:${'9'.repeat(400)},`, 'a.ts'), 'playlist-invalid'],
    ['bytes behind the end', media('#EXT-X-BYTERANGE:100@300', '#EXTINF:6,', 'a.ts'), 'playlist-invalid'],
    ['an empty segment', segment('empty'), 'playlist-invalid'],
    ['a segment of text', segment('text'), 'playlist-invalid'],
    ['a segment of another form', media('#EXTINF:6,', 'a.ts', '#EXTINF:6,', 'box'), 'playlist-invalid'],
    ['segments of nothing', segment('a.ts'), 'unreadable'],
    ['a segment that its key does not open', key('16'), 'playlist-invalid'],
  ])('%s', async (_name, text, kind) => {
    await bench.put('empty', '');
    await bench.put('text', '<html>Not Found</html>');
    await bench.put('box', Buffer.from('\0\0\0\x08styp'));
    await bench.put('16', 'sixteen byte key');
    const outcome = await fetchObject(text);
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toContain(dirname(bench.path));
  });

  test('a segment that is another one once it is decrypted', async () => {
    const cipher = createCipheriv('aes-128-cbc', 'sixteen byte key', Buffer.alloc(16));
    await bench.put('16', 'sixteen byte key');
    await bench.put('cipher.ts', Buffer.concat([cipher.update('#EXTM3U\nfile:///etc/passwd\n'), cipher.final()]));
    const text = media('#EXT-X-KEY:METHOD=AES-128,URI="16",IV=0x0', '#EXTINF:6,', 'cipher.ts');
    expect(await fetchObject(text)).toMatchObject({ kind: 'playlist-invalid' });
  });

  test('all parts together count against the limit of an input, and so do bytes that are named again', async () => {
    const many = media(...Array.from({ length: 10 }, (_, at) => `#EXTINF:6,\na.ts?${at}`));
    expect(await fetchObject(many, 10 * TS.length)).toMatchObject({ kind: 'unreadable' });
    expect(await fetchObject(many, 9 * TS.length + 200)).toEqual({
      kind: 'too-large',
      message: `The parts of the playlist have more than ${9 * TS.length + 200} bytes together.`,
    });
    const ranges = media(...Array.from({ length: 10 }, () => `#EXTINF:6,\n#EXT-X-BYTERANGE:${TS.length}@0\na.ts`));
    expect(await fetchObject(ranges, 9 * TS.length)).toMatchObject({ kind: 'too-large' });
  });

  test('a refusal names the segment, and tells no query', async () => {
    const text = media('#EXTINF:6,', 'a.ts', '#EXTINF:6,', 'ftp://x/b.ts?Signature=secret');
    const outcome = await fetchObject(text);
    expect(outcome).toEqual({ kind: 'refused', message: expect.stringMatching(/^Segment 2: /) as string });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});
