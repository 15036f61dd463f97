import type { AttachedPolicy, Holder, PolicyHolders, PolicyRef, PolicyType } from '../../../auth/identities.ts';
import { DONE, done, notExist, quoted, type IdentityOutcome } from '../../../auth/identity-outcome.ts';
import { systemPolicy } from '../../../auth/system-policies.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import {
  addAttachment,
  countPolicies,
  holderId,
  holdersOfPolicy,
  isAttached,
  policiesOfHolder,
  removeAttachment,
} from './attachment-rows.ts';
import { findPolicy } from './policy-rows.ts';

const MOST_SYSTEM = 20;
const MOST_CUSTOM: Record<Holder['kind'], number> = { user: 10, group: 5, role: 5 };

const ENTITIES = { user: 'User', group: 'Group', role: 'Role' } as const;

type Call = { readonly account: AccountId; readonly policy: PolicyRef; readonly holder: Holder };

export function attachPolicy(
  statements: Statements,
  { account, policy, holder }: Call,
  now: number,
): IdentityOutcome {
  const entity = `${ENTITIES[holder.kind]}.Policy` as const;
  if (findPolicy(statements, account, policy) === undefined) return notExist('Policy', policy.name);
  const id = holderId(statements, account, holder);
  if (id === undefined) return notExist(ENTITIES[holder.kind], holder.name);
  if (isAttached(statements, id, policy)) {
    return {
      kind: 'entity-exists',
      entity,
      message: `${shown(policy)} is attached to the ${holder.kind} already.`,
    };
  }
  const most = mostPolicies(holder.kind, policy.type);
  if (countPolicies(statements, id, policy.type) >= most) {
    const message = `A ${holder.kind} can have ${most} ${policy.type} policies. Detach one first.`;
    return { kind: 'limit-exceeded', entity, message };
  }
  addAttachment(statements, { account, policy, holder: id }, now);
  return DONE;
}

export function detachPolicy(statements: Statements, { account, policy, holder }: Call): IdentityOutcome {
  const id = holderId(statements, account, holder);
  if (id === undefined) return notExist(ENTITIES[holder.kind], holder.name);
  if (removeAttachment(statements, id, policy)) return DONE;
  const entity = `${ENTITIES[holder.kind]}.Policy` as const;
  return { kind: 'entity-not-exist', entity, message: `${shown(policy)} is not attached to the ${holder.kind}.` };
}

export function policiesAttachedTo(
  statements: Statements,
  account: AccountId,
  holder: Holder,
): IdentityOutcome<readonly AttachedPolicy[]> {
  const id = holderId(statements, account, holder);
  if (id === undefined) return notExist(ENTITIES[holder.kind], holder.name);
  return done(policiesOfHolder(statements, id).map(describedSystemPolicy));
}

export function holdersOf(
  statements: Statements,
  account: AccountId,
  policy: PolicyRef,
): IdentityOutcome<PolicyHolders> {
  if (findPolicy(statements, account, policy) === undefined) return notExist('Policy', policy.name);
  return done(holdersOfPolicy(statements, account, policy));
}

function describedSystemPolicy(attached: AttachedPolicy): AttachedPolicy {
  const description = attached.type === 'System' ? systemPolicy(attached.name)?.description : undefined;
  return description === undefined ? attached : { ...attached, description };
}

function mostPolicies(kind: Holder['kind'], type: PolicyType): number {
  return type === 'System' ? MOST_SYSTEM : MOST_CUSTOM[kind];
}

function shown({ type, name }: PolicyRef): string {
  return `The ${type} policy ${quoted(name)}`;
}
