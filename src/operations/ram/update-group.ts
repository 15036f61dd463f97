import { GROUP_ARN } from './arn-template.ts';
import { GROUP_COMMENTS, GROUP_NAME, groupAnswers, groupFields } from './group-answer.ts';
import { answerChange, unlessEmpty } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const updateGroup = ramOperation({
  action: 'UpdateGroup',
  summary: 'Renames a group, or describes it anew. What is not sent stays.',
  resources: [GROUP_ARN],
  parameters: {
    GroupName: GROUP_NAME,
    NewGroupName: { kind: 'text', description: 'Its name from now on. Users and policies stay with it.' },
    NewComments: GROUP_COMMENTS,
  },
  answers: [{ name: 'Group', type: 'object', description: 'The group.' }, ...groupAnswers('Group')],

  async handle({ caller, values }, { identities }) {
    const change = { name: unlessEmpty(values.NewGroupName), comments: unlessEmpty(values.NewComments) };
    const outcome = await identities.groups.update(caller.account, values.GroupName, change);
    return answerChange(outcome, (group) => ({ Group: groupFields(group) }));
  },
});
