import { z } from 'zod';
import { authorize } from '../../auth/authorize.ts';
import type { IdentityStore } from '../../auth/identities.ts';
import type { IdentityOutcome } from '../../auth/identity-outcome.ts';
import { principalArn, type GovernedCaller } from '../../auth/principal.ts';
import { refuse } from '../../gateway/api-error.ts';
import { answer } from '../../gateway/operation.ts';
import type { AccountId } from '../../jobs/account.ts';
import { refuseIdentity } from './identity-answer.ts';
import { matchedPolicies, matchedPolicyAnswers } from './matched-policies.ts';
import { ramOperation } from './ram-operation.ts';

const CONDITIONS = z.record(z.string(), z.string(), 'a JSON object of texts, such as {"acs:SourceIp":"192.0.2.1"}');

export const simulatePolicy = ramOperation({
  action: 'SimulatePolicy',
  additive: true,
  summary:
    'Says what would be decided if a user or a session of a role did something, and which statement decides.',
  resources: ['acs:ram::{Account}:{Entity}'],
  parameters: {
    Entity: { kind: 'text', required: true, description: '`user/NAME` or `role/NAME`.' },
    AuthAction: { kind: 'text', required: true, description: 'As policies name it: `ice:ListSmartJobs`.' },
    AuthResource: { kind: 'text', description: 'An ARN; default `*`, as operations on jobs have it.' },
    AuthConditions: {
      kind: 'json',
      schema: CONDITIONS,
      maxBytes: 16_384,
      description: 'JSON: condition keys with their values. What is not given is as in this call itself.',
    },
  },
  answers: [
    { name: 'Decision', type: 'object', description: 'What was decided.' },
    { name: 'Decision.Allowed', type: 'boolean', description: 'Whether it may be done.' },
    { name: 'Decision.NoPermissionType', type: 'string', description: 'Otherwise: ImplicitDeny or ExplicitDeny.' },
    ...matchedPolicyAnswers('Decision.MatchedPolicies'),
  ],

  async handle({ caller, values, context }, { identities, policies }) {
    const entity = await entityOf(identities, caller.account, values.Entity);
    if (entity === undefined) {
      return refuse('InvalidParameter.Entity', "'Entity' is invalid: it must be user/NAME or role/NAME.");
    }
    if (entity.kind !== 'done') return refuseIdentity(entity);
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(values.AuthAction)) {
      return refuse('InvalidParameter.AuthAction', "'AuthAction' is invalid: it must be <service>:<operation>.");
    }
    const given = values.AuthConditions === '' ? {} : (JSON.parse(values.AuthConditions) as Record<string, string>);
    const decision = await authorize(
      entity.value,
      {
        action: values.AuthAction,
        resource: values.AuthResource === '' ? '*' : values.AuthResource,
        context: { ...context, 'acs:PrincipalARN': principalArn(entity.value), ...given },
      },
      policies,
    );
    if (decision.kind === 'allowed') {
      return answer({ Decision: { Allowed: true, MatchedPolicies: matchedPolicies('Allow', decision.by) } });
    }
    const { type, by } = decision.denial.verdict;
    return answer({
      Decision: { Allowed: false, NoPermissionType: type, MatchedPolicies: matchedPolicies('Deny', by) },
    });
  },
});

/** Whom policies would decide about; undefined where the text has another form. */
async function entityOf(
  { users, roles }: IdentityStore,
  account: AccountId,
  text: string,
): Promise<IdentityOutcome<GovernedCaller> | undefined> {
  const [, kind, name = ''] = /^(user|role)\/(.+)$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const as = { account, accessKeyId: '' };
  if (kind === 'user') {
    const found = await users.get(account, name);
    if (found.kind !== 'done') return found;
    return { kind: 'done', value: { ...as, kind: 'user', userId: found.value.id, userName: name } };
  }
  const found = await roles.get(account, name);
  if (found.kind !== 'done') return found;
  const session = { roleId: found.value.id, roleName: name, sessionName: 'simulated', sessionPolicy: '' };
  return { kind: 'done', value: { ...as, kind: 'role-session', ...session } };
}
