import { describe, expect, test } from 'vitest';
import { isAllowed, parseAllowEntry } from './fetch-allow-list.ts';

function allows(entry: string, address: string, port: number): boolean {
  const parsed = parseAllowEntry(entry);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return isAllowed([parsed.entry], address, port);
}

describe('an entry of the allow-list', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3', 80],
    ['10.1.2.3', '10.1.2.3', 443],
    ['10.1.2.0/24:9000', '10.1.2.255', 9000],
    ['10.1.2.3:9000', '::ffff:10.1.2.3', 9000],
    ['::1', '::1', 443],
    ['fd00::/8', 'fd12::1', 80],
    ['[fd00::/8]:9000', 'fd12::1', 9000],
    ['[::1]:9000', '::1', 9000],
    ['::ffff:10.1.2.3', '10.1.2.3', 80],
  ])('%s allows %s on port %i', (entry, address, port) => expect(allows(entry, address, port)).toBe(true));

  test.each([
    ['10.1.2.3', '10.1.2.3', 9000],
    ['10.1.2.3', '10.1.2.4', 80],
    ['10.1.2.0/24:9000', '10.1.3.0', 9000],
    ['10.1.2.0/24:9000', '10.1.2.1', 443],
    ['fd00::/8', 'fc00::1', 80],
    ['fd00::/8', '10.0.0.1', 80],
    ['10.0.0.0/8', 'not-an-address', 80],
  ])('%s does not allow %s on port %i', (entry, address, port) => expect(allows(entry, address, port)).toBe(false));

  test.each([
    ['', /not a network/],
    ['minio.internal:9000', /not a network/],
    ['10.1', /not a network/],
    ['0x0a000001', /not a network/],
    ['10.0.0.0/8/8', /not a network/],
    ['10.0.0.0/', /prefix/],
    ['10.0.0.0/33', /0 to 32/],
    ['fd00::/129', /0 to 128/],
    ['10.0.0.0/x', /prefix/],
    ['0.0.0.0/0', /more than a private network/],
    ['::/0', /more than a private network/],
    ['10.0.0.1:0', /1 to 65535/],
    ['10.0.0.1:65536', /1 to 65535/],
    ['[10.0.0.1', /not a network/],
  ])('%j is refused with the reason', (text, problem) => {
    expect(parseAllowEntry(text)).toEqual({ kind: 'problem', problem: expect.stringMatching(problem) });
  });
});
