import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { outcomeOf, policyOf, type StatementJson } from './test-policies.ts';

/*
 * The language once more, from its description alone: no compilation, no shortcuts, nothing shared with the code under
 * test. Random policies and requests have to get the same answer from both.
 */

type Request = { readonly action: string; readonly resource: string; readonly context: Record<string, string> };

function like(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*')) return like(pattern.slice(1), text) || (text !== '' && like(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && like(pattern.slice(1), text.slice(1));
}

function likeIgnoringCase(pattern: string, text: string): boolean {
  return like(pattern.toLowerCase(), text.toLowerCase());
}

function coversResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  if (resource === '*') return false;
  // The relative ids made below hold no colon.
  const parts = pattern.split(':');
  return resource.split(':').every((part, index) => likeIgnoringCase(parts[index]!, part));
}

function bitsOf(address: string): string {
  const dotted = address.replace('::ffff:', '');
  const [parts, base, width] = dotted.includes('.')
    ? ([dotted.split('.'), 10, 8] as const)
    : ([address.split(':'), 16, 16] as const);
  return parts.map((part) => Number.parseInt(part, base).toString(2).padStart(width, '0')).join('');
}

function inNetwork(address: string, network: string): boolean {
  const [base, length] = network.split('/');
  const [bits, baseBits] = [bitsOf(address), bitsOf(base!)];
  const shared = Number(length ?? baseBits.length);
  return bits.length === baseBits.length && bits.slice(0, shared) === baseBits.slice(0, shared);
}

const POSITIVE: Record<string, (actual: string, value: string) => boolean> = {
  StringEquals: (actual, value) => actual === value,
  StringEqualsIgnoreCase: (actual, value) => actual.toLowerCase() === value.toLowerCase(),
  StringLike: (actual, value) => like(value, actual),
  NumericEquals: (actual, value) => Number(actual) === Number(value),
  NumericLessThan: (actual, value) => Number(actual) < Number(value),
  NumericLessThanEquals: (actual, value) => Number(actual) <= Number(value),
  NumericGreaterThan: (actual, value) => Number(actual) > Number(value),
  NumericGreaterThanEquals: (actual, value) => Number(actual) >= Number(value),
  DateEquals: (actual, value) => +new Date(actual) === +new Date(value),
  DateLessThan: (actual, value) => new Date(actual) < new Date(value),
  DateLessThanEquals: (actual, value) => new Date(actual) <= new Date(value),
  DateGreaterThan: (actual, value) => new Date(actual) > new Date(value),
  DateGreaterThanEquals: (actual, value) => new Date(actual) >= new Date(value),
  Bool: (actual, value) => actual === value,
  IpAddress: inNetwork,
};

const NEGATED: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [value as string];
}

function conditionHolds(operator: string, actual: string | undefined, values: readonly string[]): boolean {
  const negates = NEGATED[operator];
  if (negates !== undefined) return !conditionHolds(negates, actual, values);
  return actual !== undefined && values.some((value) => POSITIVE[operator]!(actual, value));
}

function applies(statement: StatementJson, { action, resource, context }: Request): boolean {
  const { Action, NotAction, Resource, Condition = {} } = statement;
  const named = asList(Action ?? NotAction).some((pattern) => likeIgnoringCase(pattern, action));
  if (named !== (Action !== undefined)) return false;
  if (!asList(Resource).some((pattern) => coversResource(pattern, resource))) return false;
  for (const [operator, keys] of Object.entries(Condition as Record<string, Record<string, unknown>>)) {
    for (const [key, values] of Object.entries(keys)) {
      if (!conditionHolds(operator, context[key], asList(values))) return false;
    }
  }
  return true;
}

function layer(statements: readonly StatementJson[], request: Request): string {
  const applying = statements.filter((item) => applies(item, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'ExplicitDeny';
  return applying.length > 0 ? 'Allowed' : 'ImplicitDeny';
}

function reference(policies: Policies, request: Request): string {
  if (policies.session !== undefined) {
    const verdict = layer(policies.session, request);
    if (verdict !== 'Allowed') return verdict;
  }
  return layer(policies.identity.flat(), request);
}

type Policies = { readonly identity: readonly StatementJson[][]; readonly session: StatementJson[] | undefined };

function underTest({ identity, session }: Policies, request: Request): string {
  const compiled = identity.map((statements, index) => policyOf(`policy ${index}`, ...statements));
  const layers = session === undefined ? {} : { session: policyOf('session', ...session) };
  return outcomeOf(evaluate({ identity: compiled, ...layers }, request));
}

const oneOrMore = (item: fc.Arbitrary<string>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const from = (...texts: string[]) => fc.constantFrom(...texts);

const ACTIONS = ['ice:ListSmartJobs', 'ice:GetSmartHandleJob', 'ram:GetUser', 'ram:ListUsers'];
const actionPattern = from(
  '*',
  'ice:*',
  'ICE:List*',
  'ice:Get*Job',
  'ram:?et*',
  '*:list*',
  'ram:getUSER',
  ...ACTIONS,
);
const RESOURCES = ['*', '*', 'acs:ram::1:user/alice', 'acs:ram::1:user/bob', 'acs:ram::2:role/alice'];
const arnPattern = fc
  .tuple(
    from('ram', '*', 'r?m', 'ice'),
    from('*', '', 'cn-*'),
    from('*', '1', '2'),
    from('*', 'user/*', 'user/?ob', 'ROLE/al*e'),
  )
  .map((parts) => `acs:${parts.join(':')}`);
const resourcePattern = fc.oneof(fc.constant('*'), arnPattern);

const NUMBERS = ['-1', '0', '1', '1.5', '10'];
const TIMES = [
  '2026-01-02T03:04:05Z',
  '2026-01-02T11:04:05+08:00',
  '2026-01-02T03:04:06Z',
  '2025-12-31T23:59:59.5Z',
];
const TEXTS = ['alice', 'Alice', 'bob', ''];
const V4 = ['192.0.2.1', '192.0.2.200', '198.51.100.7', '::ffff:192.0.2.1'];
const V6 = ['2001:db8:0:0:0:0:0:1', '2001:db8:8000:0:0:0:0:1'];
const network = fc.oneof(
  from(...V4, ...V6),
  fc.tuple(from('192.0.2.1', '198.51.100.7'), fc.nat(32)).map((parts) => parts.join('/')),
  fc.tuple(from(...V6), fc.nat(128)).map((parts) => parts.join('/')),
);

type Key = readonly [prefix: RegExp, key: string, values: fc.Arbitrary<string>];
const KEYS: readonly Key[] = [
  [/^String.*Like/, 'acs:PrincipalARN', from('*', 'a*', '?lice', '*b', 'bob')],
  [/^String(?!.*Like)/, 'acs:PrincipalARN', from(...TEXTS)],
  [/^Numeric/, 'x:Number', from(...NUMBERS)],
  [/^Date/, 'acs:CurrentTime', from(...TIMES)],
  [/^Bool/, 'acs:SecureTransport', from('true', 'false')],
  [/IpAddress$/, 'acs:SourceIp', network],
];

const condition = from(...Object.keys(POSITIVE), ...Object.keys(NEGATED)).chain((operator) => {
  const [, key, values] = KEYS.find(([prefix]) => prefix.test(operator))!;
  const keys = fc.record({ [key]: oneOrMore(values), 'x:Other': oneOrMore(values) }, { requiredKeys: [key] });
  return fc.tuple(fc.constant(operator), fc.nat(4), keys).map(([name, dice, both]) => {
    return { [name]: dice === 0 ? both : { [key]: both[key] } };
  });
});

const statement: fc.Arbitrary<StatementJson> = fc
  .record({
    Effect: from('Allow', 'Allow', 'Deny'),
    actionElement: from('Action', 'Action', 'Action', 'NotAction'),
    actions: oneOrMore(actionPattern),
    Resource: oneOrMore(resourcePattern),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ Effect, actionElement, actions, Resource, conditions }) => {
    const withoutCondition = { Effect, [actionElement]: actions, Resource };
    if (conditions.length === 0) return withoutCondition;
    return Object.assign(withoutCondition, { Condition: Object.assign({}, ...conditions) as unknown });
  });

const statements = fc.array(statement, { minLength: 1, maxLength: 4 });
const policies: fc.Arbitrary<Policies> = fc.record({
  identity: fc.array(statements, { maxLength: 3 }),
  session: fc.option(statements, { nil: undefined, freq: 3 }),
});

const request: fc.Arbitrary<Request> = fc.record({
  action: from(...ACTIONS),
  resource: from(...RESOURCES),
  context: fc.record(
    {
      'acs:PrincipalARN': from(...TEXTS),
      'x:Number': from(...NUMBERS),
      'acs:CurrentTime': from(...TIMES),
      'acs:SecureTransport': from('true', 'false'),
      'acs:SourceIp': from(...V4, ...V6),
    },
    { requiredKeys: [] },
  ),
});

test('10,000 random policies and requests get the answer of the reference model', () => {
  const seen: Record<string, number> = { Allowed: 0, ImplicitDeny: 0, ExplicitDeny: 0 };
  fc.assert(
    fc.property(policies, request, (given, asked) => {
      const expected = reference(given, asked);
      seen[expected]! += 1;
      expect(underTest(given, asked)).toBe(expected);
    }),
    { numRuns: 10_000, seed: 20_260_102 },
  );
  // Each answer has to come up often, or the comparison says little.
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(1000);
});

function shuffled<Item>(items: readonly Item[], keys: readonly number[]): Item[] {
  return items
    .map((item, index) => ({ item, key: (keys[index % keys.length]! * (index + 1)) % 97 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The same policy in another order: of statements, of elements, of operators and keys, and of the values in lists. */
function reordered(value: unknown, keys: readonly number[]): unknown {
  if (Array.isArray(value)) return shuffled(value, keys).map((item) => reordered(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, reordered(item, keys)] as const);
  return Object.fromEntries(shuffled(entries, keys));
}

test('the order of policies, statements, operators, keys and values never changes the answer', () => {
  const keys = fc.array(fc.integer({ min: 1, max: 96 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(policies, request, keys, (given, asked, order) => {
      const identity = reordered(given.identity, order) as StatementJson[][];
      const session = reordered(given.session, order) as StatementJson[] | undefined;
      expect(underTest({ identity, session }, asked)).toBe(underTest(given, asked));
    }),
    { numRuns: 3000 },
  );
});
