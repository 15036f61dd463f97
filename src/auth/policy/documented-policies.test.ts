import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { outcomeOf, policyOf, trustAllows, trustPolicyOf, type StatementJson } from './test-policies.ts';

/*
 * What the examples on the public pages of RAM and IMS are for, in documents of our own: each grants or refuses what
 * its page says that it does.
 */

type Asked = readonly [
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
  outcome: string,
];

/** The questions that the policy answers otherwise than expected. */
function surprisesOf(statements: readonly StatementJson[], questions: readonly Asked[]): readonly unknown[] {
  const identity = [policyOf('example', ...statements)];
  return questions.flatMap(([action, resource, context, expected]) => {
    const outcome = outcomeOf(evaluate({ identity }, { action, resource, context }));
    return outcome === expected ? [] : [{ action, resource, context, expected, outcome }];
  });
}

function from(address: string): Readonly<Record<string, string>> {
  return { 'acs:SourceIp': address };
}

function at(time: string): Readonly<Record<string, string>> {
  return { 'acs:CurrentTime': time };
}

describe('the examples of IMS', () => {
  test('reading some media, from one address only', () => {
    const reads = ['ice:GetMediaInfo', 'ice:GetEditingProject', 'ice:ListMediaBasicInfos'];
    const Condition = { IpAddress: { 'acs:SourceIp': '192.168.0.1' } };
    const surprises = surprisesOf(
      [{ Action: reads, Resource: '*', Effect: 'Allow', Condition }],
      [
        ['ice:GetMediaInfo', '*', from('192.168.0.1'), 'Allowed'],
        ['ice:GetMediaInfo', '*', from('192.168.0.2'), 'ImplicitDeny'],
        ['ice:GetMediaInfo', '*', {}, 'ImplicitDeny'],
        ['ice:DeleteMediaInfos', '*', from('192.168.0.1'), 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('everything in the service', () => {
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: 'ice:*', Resource: '*' }],
      [
        ['ice:ListSmartJobs', '*', {}, 'Allowed'],
        ['ram:ListUsers', '*', {}, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('reading only', () => {
    const reads = ['ice:Get*', 'ice:List*', 'ice:Search*', 'ice:Describe*'];
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: reads, Resource: '*' }],
      [
        ['ice:ListSmartJobs', '*', {}, 'Allowed'],
        ['ice:GetSmartHandleJob', '*', {}, 'Allowed'],
        ['ice:SubmitASRJob', '*', {}, 'ImplicitDeny'],
        ['ice:DeleteSmartJob', '*', {}, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });
});

describe('the examples of RAM', () => {
  test('all but one service, by NotAction', () => {
    const surprises = surprisesOf(
      [{ Effect: 'Allow', NotAction: 'ram:*', Resource: '*' }],
      [
        ['ice:SubmitASRJob', '*', {}, 'Allowed'],
        ['ram:CreateUser', 'acs:ram::1234567890123456:user/x', {}, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('allowed from two places', () => {
    const Condition = { IpAddress: { 'acs:SourceIp': ['192.0.2.0/24', '203.0.113.2'] } };
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*', Condition }],
      [
        ['ecs:StopInstance', '*', from('192.0.2.200'), 'Allowed'],
        ['ecs:StopInstance', '*', from('203.0.113.2'), 'Allowed'],
        ['ecs:StopInstance', '*', from('203.0.113.3'), 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('allowed, but denied from anywhere else than two places', () => {
    const Condition = { NotIpAddress: { 'acs:SourceIp': ['192.0.2.0/24', '203.0.113.2'] } };
    const surprises = surprisesOf(
      [
        { Effect: 'Allow', Action: 'ecs:*', Resource: '*' },
        { Effect: 'Deny', Action: 'ecs:*', Resource: '*', Condition },
      ],
      [
        ['ecs:StopInstance', '*', from('192.0.2.200'), 'Allowed'],
        ['ecs:StopInstance', '*', from('203.0.113.2'), 'Allowed'],
        ['ecs:StopInstance', '*', from('203.0.113.3'), 'ExplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('until an hour of a day in another time zone', () => {
    const Condition = { DateLessThan: { 'acs:CurrentTime': '2019-08-12T17:00:00+08:00' } };
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*', Condition }],
      [
        ['ecs:StopInstance', '*', at('2019-08-12T08:59:59Z'), 'Allowed'],
        ['ecs:StopInstance', '*', at('2019-08-12T09:00:00Z'), 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('over HTTPS, and after a second factor', () => {
    const Condition = { Bool: { 'acs:SecureTransport': 'true', 'acs:MFAPresent': 'true' } };
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*', Condition }],
      [
        ['ecs:StopInstance', '*', { 'acs:SecureTransport': 'true', 'acs:MFAPresent': 'true' }, 'Allowed'],
        ['ecs:StopInstance', '*', { 'acs:SecureTransport': 'true', 'acs:MFAPresent': 'false' }, 'ImplicitDeny'],
        ['ecs:StopInstance', '*', { 'acs:SecureTransport': 'true' }, 'ImplicitDeny'],
        ['ecs:StopInstance', '*', { 'acs:SecureTransport': 'false', 'acs:MFAPresent': 'true' }, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('what carries a tag', () => {
    const Condition = { StringEquals: { 'acs:ResourceTag/team': ['dev'] } };
    const surprises = surprisesOf(
      [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*', Condition }],
      [
        ['ecs:StopInstance', '*', { 'acs:ResourceTag/team': 'dev' }, 'Allowed'],
        ['ecs:StopInstance', '*', { 'acs:ResourceTag/team': 'ops' }, 'ImplicitDeny'],
        ['ecs:StopInstance', '*', { 'acs:ResourceTag/Team': 'dev' }, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('one folder of a bucket, and its listing', () => {
    const Condition = { StringLike: { 'oss:Prefix': 'hangzhou/2015/*' } };
    const surprises = surprisesOf(
      [
        { Effect: 'Allow', Action: ['oss:GetObject'], Resource: ['acs:oss:*:*:photos/hangzhou/2015/*'] },
        { Effect: 'Allow', Action: ['oss:ListObjects'], Resource: ['acs:oss:*:*:photos'], Condition },
      ],
      [
        ['oss:GetObject', 'acs:oss:oss-cn-hangzhou:1:photos/hangzhou/2015/a.jpg', {}, 'Allowed'],
        ['oss:GetObject', 'acs:oss:oss-cn-hangzhou:1:photos/hangzhou/2016/a.jpg', {}, 'ImplicitDeny'],
        ['oss:ListObjects', 'acs:oss:oss-cn-hangzhou:1:photos', { 'oss:Prefix': 'hangzhou/2015/' }, 'Allowed'],
        ['oss:ListObjects', 'acs:oss:oss-cn-hangzhou:1:photos', { 'oss:Prefix': 'hangzhou/' }, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('reading RAM, and assuming one role', () => {
    const surprises = surprisesOf(
      [
        { Effect: 'Allow', Action: ['ram:Get*', 'ram:List*'], Resource: '*' },
        { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'acs:ram:*:1234567890123456:role/editor' },
      ],
      [
        ['ram:GetUser', 'acs:ram::1234567890123456:user/alice', {}, 'Allowed'],
        ['ram:ListUsers', '*', {}, 'Allowed'],
        ['ram:DeleteUser', 'acs:ram::1234567890123456:user/alice', {}, 'ImplicitDeny'],
        ['sts:AssumeRole', 'acs:ram::1234567890123456:role/editor', {}, 'Allowed'],
        ['sts:AssumeRole', 'acs:ram::1234567890123456:role/owner', {}, 'ImplicitDeny'],
      ],
    );
    expect(surprises).toEqual([]);
  });

  test('a role for an account, and a role for one of its users', () => {
    const account = '1234567890123456';
    const role = (ram: string) =>
      trustPolicyOf({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { RAM: [`acs:ram::${account}:${ram}`] },
      });
    const ask = (ram: string, user: string) => trustAllows(role(ram), `acs:ram::${account}:user/${user}`, account);
    expect([ask('root', 'testuser'), ask('root', 'other')]).toEqual([true, true]);
    expect([ask('user/testuser', 'testuser'), ask('user/testuser', 'other')]).toEqual([true, false]);
  });
});
