import { wireTime } from '../../base/wire-time.ts';
import type { AnyOperation } from '../../gateway/operation.ts';
import type { OperationServices } from '../services.ts';
import { answerIdentity } from './identity-answer.ts';
import { GROUP_HOLDER, holderOf, ROLE_HOLDER, USER_HOLDER, type HolderKind } from './policy-holder.ts';
import { ramOperation } from './ram-operation.ts';

function listPoliciesFor(kind: HolderKind): AnyOperation<OperationServices> {
  return ramOperation({
    action: `ListPoliciesFor${kind.noun}`,
    summary: `Lists the policies that are attached to a ${kind.kind} itself.`,
    resources: [kind.arn],
    parameters: { [kind.parameter]: kind.definition },
    answers: [
      { name: 'Policies.Policy', type: 'array', description: 'The policies.' },
      { name: 'Policies.Policy[].PolicyName', type: 'string', description: 'The name.' },
      { name: 'Policies.Policy[].PolicyType', type: 'string', description: 'System or Custom.' },
      { name: 'Policies.Policy[].Description', type: 'string', description: 'As given.' },
      { name: 'Policies.Policy[].DefaultVersion', type: 'string', description: 'The version that counts.' },
      { name: 'Policies.Policy[].AttachDate', type: 'string', description: 'UTC, when it was attached.' },
    ],
    xmlItems: { Policy: 'Policy' },

    async handle({ caller, values }, { identities }) {
      const outcome = await identities.policies.attachedTo(caller.account, holderOf(kind, values));
      return answerIdentity(outcome, (policies) => ({
        Policies: {
          Policy: policies.map(({ name, type, description, defaultVersion, attachedAt }) => ({
            PolicyName: name,
            PolicyType: type,
            Description: description,
            DefaultVersion: defaultVersion,
            AttachDate: wireTime(attachedAt),
          })),
        },
      }));
    },
  });
}

export const listPoliciesForUser = listPoliciesFor(USER_HOLDER);
export const listPoliciesForGroup = listPoliciesFor(GROUP_HOLDER);
export const listPoliciesForRole = listPoliciesFor(ROLE_HOLDER);
