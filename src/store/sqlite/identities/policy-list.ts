import type { Page, PageQuery, Policy, PolicyType } from '../../../auth/identities.ts';
import type { IdentityOutcome } from '../../../auth/identity-outcome.ts';
import { SYSTEM_POLICIES } from '../../../auth/system-policies.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';
import { pageByName } from './paging.ts';
import { POLICY_COLUMNS, systemPolicyOf } from './policy-rows.ts';

const LIST = `SELECT ${POLICY_COLUMNS} FROM ram_policy p WHERE account = ? AND name > ? ORDER BY name LIMIT ?`;

/** The custom policies, then the system policies, each by name; or those of one type. */
export function pageOfPolicies(
  statements: Statements,
  account: AccountId,
  type: PolicyType | undefined,
  query: PageQuery,
): IdentityOutcome<Page<Policy>> {
  const fetch = (after: string, most: number): Policy[] => {
    const [afterType = 'Custom', afterName = ''] = after === '' ? [] : after.split('/');
    const custom =
      type === 'System' || afterType === 'System'
        ? []
        : (statements.all(LIST, account, afterName, most) as Policy[]);
    if (type === 'Custom' || custom.length === most) return custom;
    const system = SYSTEM_POLICIES.filter(({ name }) => afterType === 'Custom' || name > afterName);
    return [
      ...custom,
      ...system.slice(0, most - custom.length).map((policy) => systemPolicyOf(statements, account, policy)),
    ];
  };
  return pageByName(query, fetch, (policy) => `${policy.type}/${policy.name}`);
}
