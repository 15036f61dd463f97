import { GROUP_ARN } from './arn-template.ts';
import { GROUP_COMMENTS, GROUP_NAME, groupAnswers, newGroupFields } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const createGroup = ramOperation({
  action: 'CreateGroup',
  summary: 'Creates a group. Its policies count for each of its users.',
  resources: [GROUP_ARN],
  parameters: { GroupName: GROUP_NAME, Comments: GROUP_COMMENTS },
  answers: [{ name: 'Group', type: 'object', description: 'The group.' }, ...groupAnswers('Group')],

  async handle({ caller, values }, { identities }) {
    const draft = { name: values.GroupName, comments: values.Comments };
    const outcome = await identities.groups.create(caller.account, draft);
    return answerIdentity(outcome, (group) => ({ Group: newGroupFields(group) }));
  },
});
