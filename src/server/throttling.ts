import type { Clock } from '../base/clock.ts';
import { Throttle } from '../gateway/throttle.ts';
import { ruleWithoutUse, type ThrottleRule } from '../gateway/throttle-rules.ts';
import { StartUpProblem } from './start-up-problem.ts';

/**
 * The operator's rates, checked against the actions that are served.
 * @throws StartUpProblem where a rule limits nothing: a slip of the pen would leave the server without its limit
 */
export function throttling(
  rules: readonly ThrottleRule[],
  operations: readonly { readonly action: string }[],
  clock: Clock,
): Throttle | undefined {
  const actions = operations.map(({ action }) => action);
  const useless = ruleWithoutUse(rules, actions);
  if (useless !== undefined) {
    throw new StartUpProblem(
      `SMARTJOBS_THROTTLE: '${useless}' limits no action: none has that name, or rules before it fit them all. ` +
        `Actions: ${actions.join(', ')}.`,
    );
  }
  return rules.length === 0 ? undefined : new Throttle(rules, clock);
}
