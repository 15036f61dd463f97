import { describe, expect, test } from 'vitest';
import { findTarget } from './fetch-target.ts';

/** As a resolver that knows the public names of the internet that lead to private addresses, and a system's own. */
async function resolve(name: string): Promise<string[]> {
  const table: Record<string, string[]> = {
    'example.com': ['93.184.215.14', '2606:2800:21f::1'],
    localhost: ['::1', '127.0.0.1'],
    'localhost.': ['127.0.0.1'],
    'localtest.me': ['127.0.0.1'],
    '127.0.0.1.nip.io': ['127.0.0.1'],
    '10.0.0.1.sslip.io': ['10.0.0.1'],
    'metadata.google.internal': ['169.254.169.254'],
    metadata: ['169.254.169.254'],
    'meta.aliyun.example': ['100.100.100.200'],
    'mixed.example': ['93.184.215.14', '10.0.0.1'],
    'six.example': ['fd00:ec2::254'],
    'mapped.example': ['::ffff:127.0.0.1'],
  };
  return table[name] ?? [];
}

const find = (url: string) => findTarget(url, [], resolve);

describe('a URL that leads to a private address, however it is spelled, is refused', () => {
  test.each([
    ...['http://127.0.0.1/', 'http://127.1/', 'http://127.0.1/', 'http://127.000.000.001/', 'http://2130706433/'],
    ...['http://0x7f000001/', 'http://0x7f.0.0.1/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://017700000001/'],
    ...[
      'http://127.0.0.1./',
      'http://%31%32%37.0.0.1/',
      'http://１２７.0.0.1/',
      'http://127。0。0。1/',
      'http://①②⑦.0.0.1/',
    ],
    ...['http://0/', 'http://0.0.0.0/', 'http://0x0/', 'http://00000000/', 'http://[::]/', 'http://[::1]/'],
    ...['http://[0:0:0:0:0:0:0:1]/', 'http://[0000::0001]/', 'http://[::127.0.0.1]/', 'http://[::7f00:1]/'],
    ...['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[0:0:0:0:0:ffff:127.0.0.1]/'],
    ...['http://[::ffff:10.0.0.1]/', 'http://[::ffff:169.254.169.254]/', 'http://[::ffff:100.100.100.200]/'],
    ...['http://[64:ff9b::127.0.0.1]/', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[2002:7f00:1::]/'],
    ...['http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/', 'http://[fc00::1]/', 'http://[fd00:ec2::254]/'],
    ...['http://[fe80::1]/', 'http://[fec0::1]/', 'http://[ff02::1]/', 'http://[2001:db8::1]/', 'http://[100::1]/'],
    ...['http://10.0.0.1/', 'http://10.1/', 'http://167772161/', 'http://012.0.0.1/', 'http://0xa.0.0.1/'],
    ...[
      'http://172.16.0.1/',
      'http://172.31.255.255/',
      'http://192.168.1.1/',
      'http://3232235777/',
      'http://0300.0250.1.1/',
    ],
    ...[
      'http://169.254.169.254/latest/meta-data/',
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://0xA9.0xFE.0xA9.0xFE/',
    ],
    ...['http://0251.0376.0251.0376/', 'http://169.254.43518/', 'http://100.100.100.200/latest/meta-data/'],
    ...['http://1684301000/', 'http://0x646464c8/', 'http://0144.0144.0144.0310/', 'http://100.64.0.1/'],
    ...[
      'http://198.18.0.1/',
      'http://192.0.0.192/',
      'http://192.0.2.1/',
      'http://203.0.113.7/',
      'http://224.0.0.1/',
    ],
    ...[
      'http://255.255.255.255/',
      'http://240.0.0.1/',
      'http://168.63.129.16/',
      'https://127.0.0.1/',
      'HTTP://127.0.0.1/',
    ],
    ...[
      'http:\\\\127.0.0.1\\',
      'http:127.0.0.1',
      'http:///127.0.0.1/',
      ' http://127.0.0.1/',
      'http://127.0.0.1\t/',
    ],
    ...[
      'http://localhost/',
      'http://LOCALHOST/',
      'http://localhost./',
      'http://localtest.me/',
      'http://127.0.0.1.nip.io/',
    ],
    ...[
      'http://10.0.0.1.sslip.io/',
      'http://metadata.google.internal/',
      'http://metadata/',
      'http://meta.aliyun.example/',
    ],
    ...['http://mixed.example/', 'http://six.example/', 'http://mapped.example/', 'http://127.0.0.1#@example.com/'],
    ...['http://127.0.0.1?@example.com/', 'http://127.0.0.1\\@example.com/'],
  ])('%j', async (url) => {
    expect(await find(url)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('private address') });
  });
});

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
