import { expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import { callerOf } from './caller.ts';
import { TEST_KEY } from './test-requests.ts';

test('the account itself may do everything', () => {
  expect(authorize(callerOf(TEST_KEY), 'ice:DeleteSmartJob')).toEqual({ kind: 'allowed' });
});
