import type { KeyObject } from 'node:crypto';
import type { AccountId } from '../jobs/account.ts';
import type { Denial } from './authorize.ts';
import type { ConditionContext } from './policy/condition-context.ts';
import type { DecidingStatement, RefusingLayer } from './policy/verdict.ts';
import { principalFacts, type PrincipalFacts } from './principal.ts';
import { open, seal } from './seal.ts';

/** Why somebody was refused, as the administrator of the account may read it. */
export type Diagnosis = {
  readonly principal: PrincipalFacts;
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
  readonly type: 'ImplicitDeny' | 'ExplicitDeny';
  readonly policyType: RefusingLayer;
  /** The statement that denied it; absent where none allowed it. */
  readonly by?: DecidingStatement;
};

/** Every encoded message of the service begins so. */
const BEGINNING = 'AQEAAAAA';

/**
 * A refusal in a form that its caller can hand on and cannot read: it may name policies which the caller may not
 * see. Sealed for the account, so that no other one can decode it.
 */
export function encodeDiagnosis(key: KeyObject, { caller, request, verdict }: Denial): string {
  const { type, policyType, by } = verdict;
  const diagnosis: Diagnosis = {
    principal: principalFacts(caller),
    ...request,
    type,
    policyType,
    ...(by === undefined ? {} : { by }),
  };
  return BEGINNING + seal(key, contextOf(caller.account), JSON.stringify(diagnosis));
}

/** The diagnosis, or undefined where the message is damaged, of another server, or of another account. */
export function decodeDiagnosis(key: KeyObject, account: AccountId, message: string): Diagnosis | undefined {
  if (!message.startsWith(BEGINNING)) return undefined;
  const text = open(key, contextOf(account), message.slice(BEGINNING.length));
  return text === undefined ? undefined : (JSON.parse(text) as Diagnosis);
}

function contextOf(account: AccountId): string {
  return `diagnostic-message/${account}`;
}
