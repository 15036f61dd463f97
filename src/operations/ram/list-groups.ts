import { EVERY_GROUP_ARN } from './arn-template.ts';
import { groupAnswers, groupFields } from './group-answer.ts';
import { answerIdentity } from './identity-answer.ts';
import { PAGE_FIELDS, PAGE_PARAMETERS, pageFields, pageQuery } from './page-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listGroups = ramOperation({
  action: 'ListGroups',
  summary: 'Lists the groups of the account by name.',
  resources: [EVERY_GROUP_ARN],
  parameters: PAGE_PARAMETERS,
  answers: [
    { name: 'Groups.Group', type: 'array', description: 'The groups of the page.' },
    ...groupAnswers('Groups.Group[]'),
    ...PAGE_FIELDS,
  ],
  xmlItems: { Group: 'Group' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.groups.list(caller.account, pageQuery(values));
    return answerIdentity(outcome, (page) => ({
      Groups: { Group: page.items.map(groupFields) },
      ...pageFields(page),
    }));
  },
});
