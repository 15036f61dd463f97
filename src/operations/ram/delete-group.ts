import { GROUP_ARN } from './arn-template.ts';
import { GROUP_NAME } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const deleteGroup = ramOperation({
  action: 'DeleteGroup',
  summary: 'Deletes a group that has no users and no policies.',
  resources: [GROUP_ARN],
  parameters: { GroupName: GROUP_NAME },
  answers: [],

  async handle({ caller, values }, { identities }) {
    return answerIdentity(await identities.groups.delete(caller.account, values.GroupName));
  },
});
