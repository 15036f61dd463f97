import { EVERY_ROLE_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { PAGE_FIELDS, PAGE_PARAMETERS, pageFields, pageQuery } from './page-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { listedRoleAnswers, listedRoleFields } from './role-answer.ts';

export const listRoles = ramOperation({
  action: 'ListRoles',
  summary: 'Lists the roles of the account by name.',
  resources: [EVERY_ROLE_ARN],
  parameters: PAGE_PARAMETERS,
  answers: [
    { name: 'Roles.Role', type: 'array', description: 'The roles of the page.' },
    ...listedRoleAnswers('Roles.Role[]'),
    ...PAGE_FIELDS,
  ],
  xmlItems: { Role: 'Role' },

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.roles.list(caller.account, pageQuery(values));
    return answerIdentity(outcome, (page) => ({
      Roles: { Role: page.items.map(listedRoleFields) },
      ...pageFields(page),
    }));
  },
});
