import { describe, expect, test } from 'vitest';
import { parsePolicy, parseTrustPolicy } from './parse-policy.ts';
import { ALLOW_ALL, documentOf, problemsOf } from './test-policies.ts';

function problems(...statements: readonly unknown[]): readonly string[] {
  return problemsOf(parsePolicy(documentOf(...statements))).map(({ path, message }) => `${path}: ${message}`);
}

function pathsWith(change: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf(parsePolicy(documentOf(ALLOW_ALL, { ...ALLOW_ALL, ...change }))).map(({ path }) => path);
}

describe('a policy document', () => {
  test('is read into statements, single texts as lists of one', () => {
    const text = documentOf(
      { Effect: 'Allow', Action: 'ice:List*', Resource: '*' },
      {
        Effect: 'Deny',
        NotAction: ['ice:ListSmartJobs', 'sts:*'],
        Resource: ['acs:ram::*:user/*', '*'],
        Condition: {
          IpAddress: { 'acs:SourceIp': ['192.0.2.0/24', '198.51.100.7'] },
          Bool: { 'acs:SecureTransport': 'false' },
        },
      },
    );
    expect(parsePolicy(text)).toEqual({
      kind: 'policy',
      policy: {
        statements: [
          {
            effect: 'Allow',
            action: { kind: 'listed', patterns: ['ice:List*'] },
            resources: ['*'],
            conditions: [],
          },
          {
            effect: 'Deny',
            action: { kind: 'unlisted', patterns: ['ice:ListSmartJobs', 'sts:*'] },
            resources: ['acs:ram::*:user/*', '*'],
            conditions: [
              { operator: 'IpAddress', key: 'acs:SourceIp', values: ['192.0.2.0/24', '198.51.100.7'] },
              { operator: 'Bool', key: 'acs:SecureTransport', values: ['false'] },
            ],
          },
        ],
      },
    });
  });

  test.each([
    ['[]', '', 'The document is a list, but must be an object with Version and Statement.'],
    ['{"Version": 1, "Statement": [{}]}', 'Version', 'Version is 1; it must be the text "1".'],
    ['{"Version": "2012-10-17"}', 'Version', 'Version is "2012-10-17"; it must be the text "1".'],
    ['{"Statement": []}', 'Version', 'Version is missing; it must be the text "1".'],
    ['{"Version": "1"}', 'Statement', 'Statement is missing; it must be a list of at least one statement.'],
    ['{"Version": "1", "Statement": {}}', 'Statement', 'Statement is no list or an empty one; it must be a list'],
    ['{"Version": "1", "Statement": []}', 'Statement', 'Statement is no list or an empty one; it must be a list'],
    ['{"Version": "1", "Statement": ["x"]}', 'Statement[0]', 'The statement is "x", but must be an object.'],
    ['{"Id": "a", "Version": "1"}', 'Id', 'There is no element "Id" here. The elements are Version, Statement.'],
    ['{"version": "1"}', 'version', 'There is no element "version" here. The elements are Version, Statement.'],
    ['{"Version": "1",\n "Statement": [}', 'line 2, column 16', 'The document is not JSON. A value is expected'],
    [
      '{"Version": "1", "Version": "1"}',
      'line 1, column 18',
      'The document is not JSON. The name "Version" stands',
    ],
  ])('%s is refused at %j', (text, path, message) => {
    const [problem] = problemsOf(parsePolicy(text));
    expect(problem).toMatchObject({ path });
    expect(problem?.message).toContain(message);
  });

  test('may have as many characters as its kind allows, and not one more', () => {
    const longest = documentOf(ALLOW_ALL).padEnd(6144);
    expect(parsePolicy(longest).kind).toBe('policy');
    const message = 'The document has 6145 characters; at most 6144 are allowed, spaces included.';
    expect(parsePolicy(`${longest} `)).toEqual({ kind: 'invalid', problems: [{ path: '', message }] });
    const session = documentOf(ALLOW_ALL).padEnd(1024);
    expect(parsePolicy(session, 1024).kind).toBe('policy');
    expect(parsePolicy(`${session} `, 1024).kind).toBe('invalid');
    const trust = documentOf({
      Effect: 'Allow',
      Principal: { RAM: 'acs:ram::1234567890123456:root' },
      Action: 'sts:AssumeRole',
    }).padEnd(2048);
    expect(parseTrustPolicy(trust).kind).toBe('policy');
    expect(parseTrustPolicy(`${trust} `).kind).toBe('invalid');
  });

  test('is told everything that is wrong with it at once, up to twenty problems', () => {
    const wrong = { Effect: 'allow', Action: 'List', Resource: 'jobs' };
    const paths = problemsOf(parsePolicy(documentOf(...Array.from({ length: 10 }, () => wrong)))).map(
      (p) => p.path,
    );
    expect(paths).toHaveLength(20);
    expect(paths.slice(0, 4)).toEqual([
      'Statement[0].Effect',
      'Statement[0].Action',
      'Statement[0].Resource',
      'Statement[1].Effect',
    ]);
  });
});

describe('a statement', () => {
  test('needs Effect, exactly one of Action and NotAction, and Resource', () => {
    expect(problems({})).toEqual([
      'Statement[0].Effect: Effect is missing; it must be "Allow" or "Deny".',
      'Statement[0]: The statement has neither Action nor NotAction; it needs exactly one of them.',
      'Statement[0].Resource: Resource is missing; it must be "*" or ARNs such as "acs:ram:*:*:user/*".',
    ]);
    expect(problems({ ...ALLOW_ALL, NotAction: '*' })).toEqual([
      'Statement[0]: The statement has both Action and NotAction; it needs exactly one of them.',
    ]);
    expect(problems({ ...ALLOW_ALL, Effect: 'allow' })).toEqual([
      'Statement[0].Effect: Effect is "allow"; it must be "Allow" or "Deny".',
    ]);
  });

  test.each([
    ['Principal', { RAM: '*' }, 'Principal belongs in the trust policy of a role'],
    ['NotResource', '*', 'NotResource is no element of this language'],
    [
      'Sid',
      'first',
      'There is no element "Sid" here. The elements are Effect, Action, NotAction, Resource, Condition.',
    ],
    ['effect', 'Allow', 'There is no element "effect" here.'],
    ['constructor', 'x', 'There is no element "constructor" here.'],
  ])('with %s is refused', (name, value, message) => {
    const [problem] = problems({ ...ALLOW_ALL, [name]: value });
    expect(problem).toContain(`Statement[0].${name}: ${message}`);
  });

  test.each([
    [['ice:ListSmartJobs', 'ice:*', '*', '*:List*', 'yundun-waf:Get?', 'oss:Put_x'], []],
    ['ListSmartJobs', ['Statement[1].Action']],
    [
      ['ice:*', 'ice:', ':x', 'a:b:c', 'ice:List Jobs', ''],
      [1, 2, 3, 4, 5].map((i) => `Statement[1].Action[${i}]`),
    ],
    [[], ['Statement[1].Action']],
    [[['ice:*']], ['Statement[1].Action[0]']],
    [7, ['Statement[1].Action']],
    [null, ['Statement[1].Action']],
  ])('with the action %j has problems at %j', (Action, paths) => {
    expect(pathsWith({ Action })).toEqual(paths);
  });

  test.each([
    [['*', 'acs:oss:*:*:bucket/a:b', 'acs:ram::1234567890123456:user/*', 'acs:*:*:*:*'], []],
    [
      ['**', 'acs:*', 'acs:oss:*:*', 'acs:oss:*:*:', 'acs::*:*:x', 'arn:oss:*:*:x'],
      [0, 1, 2, 3, 4, 5],
    ],
  ])('with the resource %j has problems at %j', (Resource, wrong) => {
    expect(pathsWith({ Resource })).toEqual(wrong.map((index) => `Statement[1].Resource[${index}]`));
  });
});

describe('a condition', () => {
  test.each([
    ['StringEqualsIfExists'],
    ['Null'],
    ['ForAnyValue:StringEquals'],
    ['ForAllValues:StringLike'],
    ['stringEquals'],
    ['toString'],
  ])('with the operator %s is refused', (operator) => {
    const [problem] = problems({ ...ALLOW_ALL, Condition: { [operator]: { 'acs:SourceIp': 'x' } } });
    expect(problem).toContain(
      `There is no operator "${operator}". The operators are StringEquals, StringNotEquals,`,
    );
  });

  test.each([
    ['IpAddress', ['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '::/0', '::ffff:192.0.2.0/120'], []],
    ['NotIpAddress', ['192.0.2.0/33', '192.0.2', '0300.0.2.1', 'fe80::1%eth0', '::1/129', '1.2.3.4/24/2'], 'all'],
    ['IpAddress', ['', '/24', '*', '192.0.2.*', '192.0.2.1/', '192.0.2.1/+8', 'example.com'], 'all'],
    ['NumericEquals', ['0', '-1.5', '9007199254740991', '123456789.123456'], []],
    ['NumericLessThan', ['', ' 1', '1e3', '0x10', 'Infinity', '9007199254740993', '1.', '.5', '+1'], 'all'],
    ['DateLessThan', ['2026-01-02T03:04:05Z', '2024-02-29T00:00:00.5+08:00', '2026-01-02T03:04:05-03:30'], []],
    ['DateEquals', ['2026-01-02', '2026-02-30T00:00:00Z', '2026-01-02T25:00:00Z', '2026-01-02T03:04:05'], 'all'],
    ['DateNotEquals', ['2026-13-01T00:00:00Z', '2026-01-02T24:00:00Z', '2026-01-02T03:04:05+15:00', 'now'], 'all'],
    ['Bool', ['true', 'false'], []],
    ['Bool', ['True', '1', ''], 'all'],
    ['StringLike', ['', '*', 'anything at all'], []],
  ] as const)('%s with %j: problems with %s', (operator, values, expected) => {
    const path = `Statement[1].Condition.${operator}["x:Key"]`;
    const paths = pathsWith({ Condition: { [operator]: { 'x:Key': values } } });
    expect(paths).toEqual(expected === 'all' ? values.map((_, index) => `${path}[${index}]`) : []);
  });

  test('says what a value must be', () => {
    expect(problems({ ...ALLOW_ALL, Condition: { IpAddress: { 'acs:SourceIp': 'home' } } })).toEqual([
      'Statement[0].Condition.IpAddress["acs:SourceIp"]: "home" is no value for IpAddress, ' +
        'which must be an IP address or a range such as "192.0.2.0/24" or "2001:db8::/32".',
    ]);
    expect(problems({ ...ALLOW_ALL, Condition: { Bool: { 'acs:SecureTransport': true } } })).toEqual([
      'Statement[0].Condition.Bool["acs:SecureTransport"]: The value is true, ' +
        'but must be a text in double quotes or a list of them.',
    ]);
  });

  test.each([
    [
      'acs:SourceIP',
      'There is no such common condition key. The common keys, whose case counts, are acs:CurrentTime,',
    ],
    ['ACS:SourceIp', 'There is no such common condition key.'],
    ['acs:RequestTag/', 'There is no such common condition key.'],
    ['SourceIp', 'A condition key is "acs:<key>" or "<service>:<key>".'],
    ['__proto__', 'A condition key is "acs:<key>" or "<service>:<key>".'],
  ])('on the key %s is refused', (key, message) => {
    const text = `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"${key}":"x"}}}`;
    const [problem] = problemsOf(parsePolicy(`{"Version":"1","Statement":[${text}]}`));
    expect(problem?.message).toContain(message);
    expect(problem?.path).toMatch(/^Statement\[0\]\.Condition\.StringEquals(?:\.SourceIp|\[".+"\])$/);
  });

  test.each([['x'], [[]], [{ IpAddress: {} }], [{ IpAddress: 'x' }], [{ IpAddress: { 'acs:SourceIp': [] } }]])(
    '%j is refused',
    (Condition) => {
      expect(problems({ ...ALLOW_ALL, Condition })).toHaveLength(1);
    },
  );
});
