import { compilePolicy, type CompiledPolicy } from './policy/compile-policy.ts';
import { parsePolicy, type ParsedPolicy } from './policy/parse-policy.ts';

/** Characters. The service's older pages say 1024, its newer ones 2048. */
export const SESSION_POLICY_LIMIT = 2048;

/** What verdicts call it. */
const NAME = 'Session/Policy';

/** Sessions send theirs with every request, so those compiled last are kept. */
const KEPT = 256;
const kept = new Map<string, CompiledPolicy>();

export function parseSessionPolicy(text: string): ParsedPolicy {
  return parsePolicy(text, SESSION_POLICY_LIMIT);
}

/** @param text as it was checked when the session began */
export function sessionPolicy(text: string): CompiledPolicy {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const parsed = parseSessionPolicy(text);
  if (parsed.kind === 'invalid') throw new Error('A session has a policy that is not valid.');
  const policy = compilePolicy(parsed.policy, NAME);
  if (kept.size >= KEPT) kept.clear();
  kept.set(text, policy);
  return policy;
}
