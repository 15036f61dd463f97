import { describe, expect, test } from 'vitest';
import { originOf, parseProxyNetwork, type ProxyNetwork } from './trusted-proxies.ts';

function networks(...texts: string[]): ProxyNetwork[] {
  return texts.map((text) => {
    const outcome = parseProxyNetwork(text);
    if (outcome.kind === 'problem') throw new Error(outcome.problem);
    return outcome.network;
  });
}

const TRUSTED = networks('10.0.0.0/8', 'fd00::/8');
const PROXY = { address: '10.0.0.1', secure: false };

function from(headers: Record<string, string>, peer = PROXY): unknown {
  const outcome = originOf(peer, headers, TRUSTED);
  return outcome.kind === 'origin' ? [outcome.address, outcome.secure] : outcome.message;
}

describe('a peer that is no trusted proxy', () => {
  test('is the client, whatever it says', () => {
    const headers = {
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-proto': 'https',
      forwarded: 'for=10.0.0.9;proto=https',
    };
    expect(from(headers, { address: '192.0.2.1', secure: false })).toEqual(['192.0.2.1', false]);
    expect(originOf(PROXY, headers, [])).toMatchObject({ address: '10.0.0.1' });
  });

  test('is named by its IPv4 address where the socket maps it to IPv6', () => {
    expect(from({}, { address: '::ffff:192.0.2.1', secure: true })).toEqual(['192.0.2.1', true]);
  });
});

describe('a trusted proxy', () => {
  test.each([
    ['names the client', { 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1'],
    ['names the client with a port', { 'x-forwarded-for': '192.0.2.1:4711' }, '192.0.2.1'],
    ['names an IPv6 client', { 'x-forwarded-for': '2001:db8::0:1' }, '2001:db8::1'],
    ['names an IPv6 client with a port', { 'x-forwarded-for': '[2001:db8::1]:443' }, '2001:db8::1'],
    ['is not the first one', { 'x-forwarded-for': '192.0.2.1, 10.0.0.2, fd00::3' }, '192.0.2.1'],
    ['passes on what the client made up', { 'x-forwarded-for': '10.0.0.9, 192.0.2.1' }, '192.0.2.1'],
    ['calls for another trusted one', { 'x-forwarded-for': '10.0.0.8, 10.0.0.9' }, '10.0.0.8'],
    ['does not know the client', { 'x-forwarded-for': '192.0.2.1, unknown' }, '10.0.0.1'],
    ['does not know the client of a proxy', { 'x-forwarded-for': 'unknown, 10.0.0.9' }, '10.0.0.9'],
    ['says nothing', {}, '10.0.0.1'],
    ['speaks the standard', { forwarded: 'for=192.0.2.1;proto=http;by=10.0.0.1' }, '192.0.2.1'],
    ['quotes an address', { forwarded: 'For="[2001:db8::1]:4711" , for=10.0.0.2' }, '2001:db8::1'],
    ['hides the client', { forwarded: 'for=192.0.2.9, for=_hidden' }, '10.0.0.1'],
    ['sets both families', { forwarded: 'for=192.0.2.1', 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1'],
  ])('that %s', (_what, headers, address) => {
    expect(from(headers as Record<string, string>)).toEqual([address, false]);
  });

  test.each([
    [{ 'x-forwarded-proto': 'https' }, true],
    [{ 'x-forwarded-proto': 'HTTPS' }, true],
    [{ 'x-forwarded-proto': 'http' }, false],
    [{ 'x-forwarded-proto': 'https, http' }, false],
    [{ forwarded: 'for=192.0.2.1;proto=https' }, true],
    [{ forwarded: 'for=1.1.1.1;proto=https, for=192.0.2.1;proto=http' }, false],
    [{ forwarded: 'for=192.0.2.1;proto=https', 'x-forwarded-proto': 'http' }, false],
    [{ forwarded: 'for=192.0.2.1;proto=https, for=10.0.0.2;proto=http' }, true],
  ])('says by %j whether the client came over TLS', (headers, secure) => {
    expect(from({ 'x-forwarded-for': '192.0.2.1', ...headers })).toEqual(['192.0.2.1', secure]);
  });

  test.each([
    ['contradicts itself', { forwarded: 'for=192.0.2.1', 'x-forwarded-for': '192.0.2.2' }],
    ['lets a client add the other family', { forwarded: 'for=10.0.0.9', 'x-forwarded-for': '192.0.2.2' }],
    ['sends no readable header', { forwarded: 'for="192.0.2.1' }],
    ['names the client twice', { forwarded: 'for=192.0.2.1;for=192.0.2.2' }],
    ['sends garbage', { forwarded: '=,=;;"' }],
  ])('that %s is not believed', (_what, headers) => {
    expect(from(headers as Record<string, string>)).toMatch(/^Forwarded .* proxy in front/);
  });
});

test.each(['0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', 'proxy.example', ''])(
  'the network %j is a problem that is named',
  (text) => {
    expect(parseProxyNetwork(text)).toMatchObject({ kind: 'problem', problem: expect.stringContaining(text) });
  },
);
