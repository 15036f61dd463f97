import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { USER_NAME, userAnswers, userFields } from './user-answer.ts';

export const getUser = ramOperation({
  action: 'GetUser',
  summary: 'Gets a user.',
  resources: [USER_ARN],
  parameters: { UserName: USER_NAME },
  answers: [{ name: 'User', type: 'object', description: 'The user.' }, ...userAnswers('User')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.users.get(caller.account, values.UserName);
    return answerIdentity(outcome, (user) => ({ User: userFields(user) }));
  },
});
