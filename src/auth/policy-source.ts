import type { IdentityStore } from './identities.ts';
import { compilePolicy, type CompiledPolicy } from './policy/compile-policy.ts';
import { parsePolicy } from './policy/parse-policy.ts';
import type { GovernedCaller } from './principal.ts';

/** The port through which authorization finds what speaks for a caller. */
export type PolicySource = {
  /** As they are now: what was attached, changed or detached a moment ago counts. */
  policiesOf(caller: GovernedCaller): Promise<readonly CompiledPolicy[]>;
};

/** How many callers' policies are kept compiled. A policy of ten statements takes some 10 KB. */
const KEPT_CALLERS = 1000;

type Kept = { readonly generation: number; readonly policies: readonly CompiledPolicy[] };

/** Compiles what the store has, and keeps it until something changes in the account. */
export class StoredPolicies implements PolicySource {
  readonly #identities: Pick<IdentityStore, 'policiesOf' | 'generation'>;
  readonly #kept = new Map<string, Kept>();

  constructor(identities: Pick<IdentityStore, 'policiesOf' | 'generation'>) {
    this.#identities = identities;
  }

  async policiesOf(caller: GovernedCaller): Promise<readonly CompiledPolicy[]> {
    const { account } = caller;
    const subject =
      caller.kind === 'user'
        ? ({ kind: 'user', id: caller.userId } as const)
        : ({ kind: 'role', id: caller.roleId } as const);
    const name = `${account} ${subject.kind} ${subject.id}`;
    // Before reading: a change while the store reads makes what is kept old, never what is old kept.
    const generation = this.#identities.generation(account);
    const kept = this.#kept.get(name);
    if (kept?.generation === generation) return kept.policies;
    const effective = await this.#identities.policiesOf(account, subject);
    const policies = effective.map(({ type, name: policy, document }) => compiled(document, `${type}/${policy}`));
    if (this.#kept.size >= KEPT_CALLERS) this.#kept.clear();
    this.#kept.set(name, { generation, policies });
    return policies;
  }
}

/** A stored document was valid when it was stored; one that is not must not pass as a policy without statements. */
function compiled(document: string, name: string): CompiledPolicy {
  const parsed = parsePolicy(document);
  if (parsed.kind === 'policy') return compilePolicy(parsed.policy, name);
  throw new Error(`The stored policy ${name} is not valid: ${parsed.problems[0]?.message ?? ''}`);
}
