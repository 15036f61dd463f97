import { describe, expect, test } from 'vitest';
import { findTarget } from './fetch-target.ts';

/** The spellings that must be refused have a list of their own: test/hostile/ssrf-forms.json. */
async function resolve(name: string): Promise<string[]> {
  const table: Record<string, string[]> = {
    'example.com': ['93.184.215.14', '2606:2800:21f::1'],
    'mixed.example': ['93.184.215.14', '10.0.0.1'],
  };
  return table[name] ?? [];
}

const find = (url: string) => findTarget(url, [], resolve);

test.each(['http://127.0.0.1/', 'http://0x7f.1/', 'http://[::ffff:10.0.0.1]/', 'http://mixed.example/'])(
  '%s leads to a private address, and is refused for that',
  async (url) => {
    expect(await find(url)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('private address') });
  },
);

describe('a URL is refused', () => {
  test.each([
    ['file:///etc/passwd', /scheme/],
    ['ftp://example.com/a', /scheme/],
    ['gopher://example.com/', /scheme/],
    ['data:text/plain,x', /scheme/],
    ['javascript:alert(1)', /scheme/],
    ['http://user@example.com/', /user name/],
    ['http://example.com@127.0.0.1/', /user name/],
    ['http://:secret@example.com/', /user name/],
    ['http://example.com:22/', /Port 22/],
    ['http://example.com:8080/', /Port 8080/],
    ['https://example.com:6379/', /Port 6379/],
    ['http://127.0.0.1:80@example.com/', /user name/],
    ['http://[::1', /not valid/],
    ['http://[fe80::1%25eth0]/', /not valid/],
    ['http://256.256.256.256/', /not valid/],
    ['http://', /not valid/],
    ['', /not valid/],
  ])('%j', async (url, reason) => {
    expect(await find(url)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

describe('a URL is a target', () => {
  test.each(['http://example.com/a', 'https://example.com/', 'http://example.com:443/', 'https://EXAMPLE.com/x?y'])(
    '%s',
    async (url) => {
      expect(await find(url)).toMatchObject({ kind: 'target', addresses: ['93.184.215.14', '2606:2800:21f::1'] });
    },
  );

  test('when it is a public address itself, without a look-up', async () => {
    const never = () => Promise.reject(new Error('looked up'));
    expect(await findTarget('http://1.1.1.1/', [], never)).toMatchObject({ addresses: ['1.1.1.1'], port: 80 });
    expect(await findTarget('https://[2606:4700::1111]/', [], never)).toMatchObject({
      addresses: ['2606:4700::1111'],
    });
  });

  test('not when its name has no address', async () => {
    expect(await find('http://nowhere.example/')).toMatchObject({ kind: 'failed' });
    const broken = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await findTarget('http://nowhere.example/', [], broken)).toMatchObject({ kind: 'failed' });
  });
});
