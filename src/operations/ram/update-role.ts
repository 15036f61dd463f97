import { ROLE_ARN } from './arn-template.ts';
import { answerChange, unlessEmpty } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { MAX_SESSION, ROLE_DESCRIPTION, ROLE_NAME, roleAnswers, roleFields, TRUST_POLICY } from './role-answer.ts';

export const updateRole = ramOperation({
  action: 'UpdateRole',
  summary: 'Changes who may assume a role, its description, or how long sessions may last. What is not sent stays.',
  resources: [ROLE_ARN],
  parameters: {
    RoleName: ROLE_NAME,
    NewAssumeRolePolicyDocument: TRUST_POLICY,
    NewDescription: ROLE_DESCRIPTION,
    NewMaxSessionDuration: MAX_SESSION,
  },
  answers: [{ name: 'Role', type: 'object', description: 'The role.' }, ...roleAnswers('Role')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.roles.update(caller.account, values.RoleName, {
      trustPolicy: unlessEmpty(values.NewAssumeRolePolicyDocument),
      description: unlessEmpty(values.NewDescription),
      maxSessionSeconds: values.NewMaxSessionDuration,
    });
    return answerChange(outcome, (role) => ({ Role: roleFields(role) }));
  },
});
