import { GROUP_ARN } from './arn-template.ts';
import { GROUP_NAME, groupAnswers, groupFields } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const getGroup = ramOperation({
  action: 'GetGroup',
  summary: 'Gets a group.',
  resources: [GROUP_ARN],
  parameters: { GroupName: GROUP_NAME },
  answers: [{ name: 'Group', type: 'object', description: 'The group.' }, ...groupAnswers('Group')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.groups.get(caller.account, values.GroupName);
    return answerIdentity(outcome, (group) => ({ Group: groupFields(group) }));
  },
});
