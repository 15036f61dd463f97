import type { IdentityStore } from '../../auth/identities.ts';
import type { IdentityOutcome } from '../../auth/identity-outcome.ts';
import type { AccountId } from '../../jobs/account.ts';
import { POLICY_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { POLICY_NAME } from './policy-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const deletePolicy = ramOperation({
  action: 'DeletePolicy',
  summary: 'Deletes a custom policy that is attached to nobody.',
  resources: [POLICY_ARN],
  parameters: {
    PolicyName: POLICY_NAME,
    CascadingDelete: {
      kind: 'choice',
      allowed: ['true', 'false'],
      default: 'false',
      description: 'Whether versions besides the default one go too; else they keep it from being deleted.',
    },
  },
  answers: [],

  async handle({ caller: { account }, values }, { identities: { policies } }) {
    const name = values.PolicyName;
    const outcome =
      values.CascadingDelete === 'true'
        ? await deleteWithVersions(policies, account, name)
        : await policies.delete(account, name);
    return answerIdentity(outcome);
  },
});

/** An attached policy keeps its versions: it is not going to be deleted. */
async function deleteWithVersions(
  policies: IdentityStore['policies'],
  account: AccountId,
  name: string,
): Promise<IdentityOutcome> {
  const ref = { type: 'Custom', name } as const;
  const found = await policies.get(account, ref);
  if (found.kind !== 'done' || found.value.attachmentCount > 0) return policies.delete(account, name);
  const versions = await policies.versions(account, ref);
  if (versions.kind !== 'done') return versions;
  for (const { id, isDefault } of versions.value) {
    if (!isDefault) await policies.deleteVersion(account, name, id);
  }
  return policies.delete(account, name);
}
