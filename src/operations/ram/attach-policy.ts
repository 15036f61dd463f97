import { refuse, type Refusal } from '../../gateway/api-error.ts';
import type { AnyOperation } from '../../gateway/operation.ts';
import type { OperationServices } from '../services.ts';
import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME, POLICY_TYPE, policyRef } from './policy-answer.ts';
import { GROUP_HOLDER, holderOf, ROLE_HOLDER, USER_HOLDER, type HolderKind } from './policy-holder.ts';
import { ramOperation } from './ram-operation.ts';

const RESOURCE_GROUP = {
  kind: 'text',
  description: 'Not served: policies count for the whole account. A call that names a resource group is refused.',
} as const;

function parametersOf({ parameter, definition }: HolderKind) {
  return {
    PolicyType: POLICY_TYPE,
    PolicyName: POLICY_NAME,
    [parameter]: definition,
    ResourceGroupId: RESOURCE_GROUP,
  } as const;
}

function attachPolicyTo(kind: HolderKind): AnyOperation<OperationServices> {
  return ramOperation({
    action: `AttachPolicyTo${kind.noun}`,
    summary: `Attaches a policy to a ${kind.kind}. It counts from the next request on.`,
    resources: [POLICY_ARN, kind.arn],
    parameters: parametersOf(kind),
    answers: [],

    async handle({ caller, values }, { identities }) {
      // Passing it over would give the policy for everything where it was meant for a part.
      if (values.ResourceGroupId !== '') return refuseResourceGroup();
      const { policies } = identities;
      return answerIdentity(await policies.attach(caller.account, policyRef(values), holderOf(kind, values)));
    },
  });
}

function detachPolicyFrom(kind: HolderKind): AnyOperation<OperationServices> {
  return ramOperation({
    action: `DetachPolicyFrom${kind.noun}`,
    summary: `Detaches a policy from a ${kind.kind}. It no longer counts from the next request on.`,
    resources: [POLICY_ARN, kind.arn],
    parameters: parametersOf(kind),
    answers: [],

    async handle({ caller, values }, { identities }) {
      if (values.ResourceGroupId !== '') return refuseResourceGroup();
      const { policies } = identities;
      return answerIdentity(await policies.detach(caller.account, policyRef(values), holderOf(kind, values)));
    },
  });
}

function refuseResourceGroup(): Refusal {
  return refuse(
    'InvalidParameter.NotSupport',
    "'ResourceGroupId' is not supported: this server has no resource groups. Leave it out for the whole account.",
  );
}

export const attachPolicyToUser = attachPolicyTo(USER_HOLDER);
export const attachPolicyToGroup = attachPolicyTo(GROUP_HOLDER);
export const attachPolicyToRole = attachPolicyTo(ROLE_HOLDER);

export const detachPolicyFromUser = detachPolicyFrom(USER_HOLDER);
export const detachPolicyFromGroup = detachPolicyFrom(GROUP_HOLDER);
export const detachPolicyFromRole = detachPolicyFrom(ROLE_HOLDER);
