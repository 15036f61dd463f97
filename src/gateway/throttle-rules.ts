import type { Rate } from '../base/token-bucket.ts';

export type ThrottleRule = {
  /** An action, the beginning of some with `*` after it, or `*` alone. */
  readonly pattern: string;
  readonly rate: Rate;
};

export type ThrottleRules =
  | { readonly kind: 'rules'; readonly rules: readonly ThrottleRule[] }
  | { readonly kind: 'problem'; readonly problem: string };

const PERIODS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const RULE = /^([A-Za-z]+\*?|\*)=(\d{1,7})\/([smh])$/;

/** Reads `ListSmartJobs=100/s,Submit*=30/s,*=500/s`. The text of no rules is none of them. */
export function parseThrottleRules(text: string): ThrottleRules {
  const rules: ThrottleRule[] = [];
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [, pattern = '', digits = '', unit = ''] = RULE.exec(entry) ?? [];
    const count = Number(digits);
    if (pattern === '' || count === 0) {
      const problem = `'${entry}' is not an action, or the beginning of one and *, with its rate: ListSmartJobs=100/s, Submit*=30/m (1 to 9999999 per s, m or h)`;
      return { kind: 'problem', problem };
    }
    if (rules.some((rule) => rule.pattern === pattern)) {
      return { kind: 'problem', problem: `'${pattern}' has two rates; give it one` };
    }
    rules.push({ pattern, rate: { count, periodMs: PERIODS[unit] ?? 0 } });
  }
  return { kind: 'rules', rules };
}

/** The first rule that fits decides, so the general ones come last. */
export function ruleFor(rules: readonly ThrottleRule[], action: string): ThrottleRule | undefined {
  return rules.find(({ pattern }) =>
    pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern,
  );
}

/** A rule that decides nothing is a slip of the pen, or stands after one that decides it all. */
export function ruleWithoutUse(rules: readonly ThrottleRule[], actions: readonly string[]): string | undefined {
  const used = new Set(actions.map((action) => ruleFor(rules, action)));
  return rules.find((rule) => !used.has(rule))?.pattern;
}
