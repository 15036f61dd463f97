import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { newUserFields, USER_NAME, USER_TEXTS, userAnswers } from './user-answer.ts';

export const createUser = ramOperation({
  action: 'CreateUser',
  summary: 'Creates a user of the account. It can do nothing until a policy is attached to it.',
  resources: [USER_ARN],
  parameters: { UserName: USER_NAME, ...USER_TEXTS },
  answers: [{ name: 'User', type: 'object', description: 'The user.' }, ...userAnswers('User')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.users.create(caller.account, {
      name: values.UserName,
      displayName: values.DisplayName,
      email: values.Email,
      mobilePhone: values.MobilePhone,
      comments: values.Comments,
    });
    return answerIdentity(outcome, (user) => ({ User: newUserFields(user) }));
  },
});
