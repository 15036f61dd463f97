import { describe, expect, test } from 'vitest';
import { CONDITION_OPERATORS } from './condition-operators.ts';
import { ALLOW_ALL, ask } from './test-policies.ts';

const KEY = 'x:Key';

function holds(operator: string, values: string | readonly string[], actual: string | undefined): boolean {
  const statement = { ...ALLOW_ALL, Condition: { [operator]: { [KEY]: values } } };
  return ask([statement], 'ice:ListSmartJobs', '*', { [KEY]: actual }).kind === 'allowed';
}

const NOON = '2026-01-02T12:00:00Z';
const NOON_IN_SHANGHAI = '2026-01-02T20:00:00+08:00';
const AFTER_NOON = '2026-01-02T12:00:01Z';

describe('condition operators', () => {
  test.each([
    ['StringEquals', 'Team', 'Team', true],
    ['StringEquals', 'Team', 'team', false],
    ['StringEquals', 'Te*', 'Team', false],
    ['StringEquals', '', '', true],
    ['StringNotEquals', 'Team', 'team', true],
    ['StringNotEquals', 'Team', 'Team', false],
    ['StringEqualsIgnoreCase', 'Team', 'tEAM', true],
    ['StringEqualsIgnoreCase', 'Team', 'Teams', false],
    ['StringNotEqualsIgnoreCase', 'Team', 'tEAM', false],
    ['StringNotEqualsIgnoreCase', 'Team', 'Teams', true],
    ['StringLike', 'te?m-*', 'team-', true],
    ['StringLike', 'te?m-*', 'Team-a', false],
    ['StringNotLike', 'te?m-*', 'team-', false],
    ['StringNotLike', 'te?m-*', 'Team-a', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '10', '11', false],
    ['NumericNotEquals', '10', '10.0', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '10.5', false],
    ['NumericGreaterThan', '-1', '0', true],
    ['NumericGreaterThan', '-1', '-1', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['DateEquals', NOON, NOON_IN_SHANGHAI, true],
    ['DateEquals', NOON, AFTER_NOON, false],
    ['DateNotEquals', NOON, NOON_IN_SHANGHAI, false],
    ['DateNotEquals', NOON, AFTER_NOON, true],
    ['DateLessThan', AFTER_NOON, NOON_IN_SHANGHAI, true],
    ['DateLessThan', NOON_IN_SHANGHAI, NOON, false],
    ['DateLessThanEquals', NOON, NOON_IN_SHANGHAI, true],
    ['DateLessThanEquals', NOON, AFTER_NOON, false],
    ['DateGreaterThan', NOON, AFTER_NOON, true],
    ['DateGreaterThan', NOON, NOON, false],
    ['DateGreaterThanEquals', NOON, NOON_IN_SHANGHAI, true],
    ['DateGreaterThanEquals', AFTER_NOON, NOON, false],
    ['Bool', 'true', 'true', true],
    ['Bool', 'true', 'false', false],
    ['Bool', 'false', 'false', true],
    ['IpAddress', '192.0.2.1', '192.0.2.1', true],
    ['IpAddress', '192.0.2.1', '192.0.2.2', false],
    ['IpAddress', '192.0.2.0/24', '192.0.2.255', true],
    ['IpAddress', '192.0.2.0/24', '192.0.3.0', false],
    ['IpAddress', '192.0.2.77/25', '192.0.2.127', true],
    ['IpAddress', '192.0.2.77/25', '192.0.2.128', false],
    ['IpAddress', '128.0.0.0/1', '255.255.255.255', true],
    ['IpAddress', '128.0.0.0/1', '127.255.255.255', false],
    ['IpAddress', '0.0.0.0/0', '203.0.113.9', true],
    ['IpAddress', '2001:db8::/33', '2001:DB8:7fff::1', true],
    ['IpAddress', '2001:db8::/33', '2001:db8:8000::1', false],
    ['IpAddress', '2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001', true],
    ['IpAddress', 'fe80::/10', 'fe80::1%eth0', true],
    ['IpAddress', '::/0', '2001:db8::1', true],
    ['IpAddress', '::/0', '192.0.2.1', false],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['IpAddress', '192.0.2.0/24', '::ffff:c000:0209', true],
    ['IpAddress', '::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['IpAddress', '::ffff:192.0.2.0/120', '192.0.3.9', false],
    ['NotIpAddress', '192.0.2.0/24', '192.0.2.255', false],
    ['NotIpAddress', '192.0.2.0/24', '::ffff:192.0.2.255', false],
    ['NotIpAddress', '192.0.2.0/24', '192.0.3.0', true],
    ['NotIpAddress', '192.0.2.0/24', '2001:db8::1', true],
  ])('%s %j with %j is %s', (operator, value, actual, expected) => {
    expect(holds(operator, value, actual)).toBe(expected);
  });

  test('each is one that the language documents', () => {
    expect(CONDITION_OPERATORS.size).toBe(21);
  });

  test.each([...CONDITION_OPERATORS].map(([name, operator]) => [name, operator.negated, operator] as const))(
    '%s with a missing key is %s, and with a text that it cannot read too',
    (name, expected, { isValue }) => {
      const value = ['1', NOON, 'true', '192.0.2.1'].find(isValue);
      expect(value).toBeDefined();
      expect(holds(name, value!, undefined)).toBe(expected);
      const readsAnyText = name.startsWith('String');
      expect(holds(name, value!, 'no such thing')).toBe(readsAnyText ? name.includes('Not') : expected);
    },
  );

  test('several values: one has to match, and with a negated operator none may', () => {
    expect(holds('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(holds('StringEquals', ['a', 'b'], 'c')).toBe(false);
    expect(holds('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
    expect(holds('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
    expect(holds('NotIpAddress', ['192.0.2.0/24', '198.51.100.7'], '198.51.100.7')).toBe(false);
    expect(holds('NotIpAddress', ['192.0.2.0/24', '198.51.100.7'], '198.51.100.8')).toBe(true);
    expect(holds('NumericLessThan', ['5', '10'], '7')).toBe(true);
  });

  test('several keys and several operators all have to hold', () => {
    const Condition = {
      StringEquals: { 'x:One': '1', 'x:Two': '2' },
      StringNotEquals: { 'x:Three': '3' },
    };
    const allows = (context: Record<string, string>) =>
      ask([{ ...ALLOW_ALL, Condition }], 'ice:ListSmartJobs', '*', context).kind === 'allowed';
    expect(allows({ 'x:One': '1', 'x:Two': '2' })).toBe(true);
    expect(allows({ 'x:One': '1', 'x:Two': '3' })).toBe(false);
    expect(allows({ 'x:Two': '2' })).toBe(false);
    expect(allows({ 'x:One': '1', 'x:Two': '2', 'x:Three': '3' })).toBe(false);
  });

  test('without any condition a statement holds', () => {
    expect(ask([{ ...ALLOW_ALL, Condition: {} }], 'ice:ListSmartJobs').kind).toBe('allowed');
  });

  test('what every object inherits is no key of the request', () => {
    const statement = { ...ALLOW_ALL, Condition: { StringLike: { 'x:__proto__': '*' } } };
    expect(ask([statement], 'ice:ListSmartJobs').kind).toBe('denied');
  });
});
