import { describe, expect, test } from 'vitest';
import type { Caller } from '../auth/caller.ts';
import { TEST_KEY } from '../auth/test-requests.ts';
import { resourcesOf } from './operation-resources.ts';

const { account } = TEST_KEY;
const root: Caller = { kind: 'root', account, accessKeyId: 'k' };
const alice: Caller = { kind: 'user', account, accessKeyId: 'k', userId: '200000000000000001', userName: 'alice' };
const USER = ['acs:ram::{Account}:user/{UserName}'];
const POLICY = ['acs:ram::{PolicyOwner}:policy/{PolicyName}'];

describe('what a call is about', () => {
  test('is everything where the operation says nothing', () => {
    expect(resourcesOf(undefined, alice, new Map([['JobId', 'x']]))).toEqual(['*']);
  });

  test('is named by the parameters of the call', () => {
    expect(resourcesOf(USER, root, new Map([['UserName', 'bob']]))).toEqual([`acs:ram::${account}:user/bob`]);
  });

  test('is the caller itself where a user leaves its own name out', () => {
    expect(resourcesOf(USER, alice, new Map())).toEqual([`acs:ram::${account}:user/alice`]);
    expect(resourcesOf(USER, root, new Map())).toEqual([`acs:ram::${account}:user/`]);
  });

  test('belongs to the system where it is a system policy', () => {
    const named = (type: string) =>
      new Map([['PolicyName', 'p'], ...(type === '' ? [] : [['PolicyType', type] as const])]);
    expect(resourcesOf(POLICY, root, named('System'))).toEqual(['acs:ram::system:policy/p']);
    expect(resourcesOf(POLICY, root, named('Custom'))).toEqual([`acs:ram::${account}:policy/p`]);
    expect(resourcesOf(POLICY, root, named(''))).toEqual([`acs:ram::${account}:policy/p`]);
  });

  test('takes a value that looks like a template, or like a replacement, as it is', () => {
    const name = '{Account}$&$1';
    expect(resourcesOf(USER, root, new Map([['UserName', name]]))).toEqual([`acs:ram::${account}:user/${name}`]);
  });
});
