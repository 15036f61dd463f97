import type { EffectivePolicy, PolicySubject } from '../../../auth/identities.ts';
import { systemPolicy } from '../../../auth/system-policies.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { Statements } from '../statements.ts';

const SELECT =
  'SELECT DISTINCT a.type, a.name, v.document FROM ram_attachment a ' +
  "LEFT JOIN ram_policy p ON a.type = 'Custom' AND p.account = a.account AND p.name = a.name " +
  'LEFT JOIN ram_policy_version v ON v.policy = p.number AND v.version = p.default_version WHERE a.account = ? AND ';
const ORDER = ' ORDER BY a.type, a.name';
const OF_ROLE = `${SELECT} a.holder = ? ${ORDER}`;
const OF_USER = `${SELECT} a.holder IN (SELECT ? UNION ALL SELECT group_id FROM ram_membership WHERE user_id = ?) ${ORDER}`;

type Row = Pick<EffectivePolicy, 'type' | 'name'> & { readonly document: string | null };

/** Those of the subject, and for a user those of its groups; each once. */
export function effectivePolicies(
  statements: Statements,
  account: AccountId,
  subject: PolicySubject,
): EffectivePolicy[] {
  const { kind, id } = subject;
  const rows = kind === 'user' ? statements.all(OF_USER, account, id, id) : statements.all(OF_ROLE, account, id);
  return (rows as Row[]).flatMap(({ type, name, document }) => {
    const text = type === 'System' ? systemPolicy(name)?.document : document;
    // A system policy that this version of the server no longer has allows nothing, and denies nothing either.
    return typeof text === 'string' ? [{ type, name, document: text }] : [];
  });
}
