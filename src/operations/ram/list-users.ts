import { EVERY_USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { PAGE_FIELDS, PAGE_PARAMETERS, pageFields, pageQuery } from './page-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { userAnswers, userFields } from './user-answer.ts';

export const listUsers = ramOperation({
  action: 'ListUsers',
  summary: 'Lists the users of the account by name.',
  resources: [EVERY_USER_ARN],
  parameters: PAGE_PARAMETERS,
  answers: [
    { name: 'Users.User', type: 'array', description: 'The users of the page.' },
    ...userAnswers('Users.User[]'),
    ...PAGE_FIELDS,
  ],
  xmlItems: { User: 'User' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.users.list(caller.account, pageQuery(values));
    return answerIdentity(outcome, (page) => ({
      Users: { User: page.items.map(userFields) },
      ...pageFields(page),
    }));
  },
});
