import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import type { AccountId } from '../jobs/account.ts';
import { Throttle } from './throttle.ts';
import { parseThrottleRules, ruleFor, ruleWithoutUse, type ThrottleRule } from './throttle-rules.ts';

const ALICE = '1000000000000001' as AccountId;
const BOB = '1000000000000002' as AccountId;

function rules(text: string): readonly ThrottleRule[] {
  const parsed = parseThrottleRules(text);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.rules;
}

describe('throttle rules', () => {
  test('are read with their units, in their order', () => {
    expect(rules('ListSmartJobs=100/s, Submit*=30/m\n*=500/h')).toEqual([
      { pattern: 'ListSmartJobs', rate: { count: 100, periodMs: 1000 } },
      { pattern: 'Submit*', rate: { count: 30, periodMs: 60_000 } },
      { pattern: '*', rate: { count: 500, periodMs: 3_600_000 } },
    ]);
    expect(rules('')).toEqual([]);
  });

  test.each([
    'ListSmartJobs',
    'ListSmartJobs=0/s',
    'List=5',
    'List=-1/s',
    'List=1/d',
    '*List=1/s',
    '=1/s',
    'a=1/s,a=2/s',
  ])('%s is no list of rates', (text) => {
    expect(parseThrottleRules(text)).toMatchObject({ kind: 'problem' });
  });

  test('the first rule that fits decides', () => {
    const list = rules('SubmitASRJob=1/s,Submit*=2/s,*=3/s');
    expect(ruleFor(list, 'SubmitASRJob')?.rate.count).toBe(1);
    expect(ruleFor(list, 'SubmitOther')?.rate.count).toBe(2);
    expect(ruleFor(list, 'ListSmartJobs')?.rate.count).toBe(3);
    expect(ruleFor(rules('Submit*=2/s'), 'ListSmartJobs')).toBeUndefined();
  });

  test('a rule that decides nothing is named', () => {
    const actions = ['ListSmartJobs', 'SubmitASRJob'];
    expect(ruleWithoutUse(rules('ListSmartJob=1/s,*=2/s'), actions)).toBe('ListSmartJob');
    expect(ruleWithoutUse(rules('*=2/s,ListSmartJobs=1/s'), actions)).toBe('ListSmartJobs');
    expect(ruleWithoutUse(rules('List*=1/s,*=2/s'), actions)).toBeUndefined();
  });
});

describe('a throttle', () => {
  test('refuses an account over its rate, saying when to try again', () => {
    const clock = new ManualClock(0);
    const throttle = new Throttle(rules('List*=2/s'), clock);
    expect([1, 2].map(() => throttle.refusal(ALICE, 'ListSmartJobs'))).toEqual([undefined, undefined]);
    expect(throttle.refusal(ALICE, 'ListSmartJobs')).toEqual({
      kind: 'refused',
      code: 'Throttling.User',
      message:
        'The account calls ListSmartJobs faster than this server allows, 2 times a second. Try again in 500 ms.',
      retryAfterMs: 500,
    });
    clock.advance(500);
    expect(throttle.refusal(ALICE, 'ListSmartJobs')).toBeUndefined();
  });

  test('counts each account and each operation apart', () => {
    const throttle = new Throttle(rules('List*=1/s,Get*=1/s'), new ManualClock(0));
    expect(throttle.refusal(ALICE, 'ListSmartJobs')).toBeUndefined();
    expect(throttle.refusal(ALICE, 'ListUsers')).toBeUndefined();
    expect(throttle.refusal(BOB, 'ListSmartJobs')).toBeUndefined();
    expect(throttle.refusal(ALICE, 'ListSmartJobs')?.code).toBe('Throttling.User');
  });

  test('leaves alone what no rule names', () => {
    const throttle = new Throttle(rules('List*=1/h'), new ManualClock(0));
    const many = Array.from({ length: 1000 }, () => throttle.refusal(ALICE, 'DeleteSmartJob'));
    expect(new Set(many)).toEqual(new Set([undefined]));
  });
});
