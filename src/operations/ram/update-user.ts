import { USER_ARN } from './arn-template.ts';
import { answerChange, unlessEmpty } from './identity-answer.ts';
import { ramOperation } from './ram-operation.ts';
import { USER_NAME, USER_TEXTS, userAnswers, userFields } from './user-answer.ts';

export const updateUser = ramOperation({
  action: 'UpdateUser',
  summary: 'Renames a user, or says other things of it. What is not sent stays.',
  resources: [USER_ARN],
  parameters: {
    UserName: USER_NAME,
    NewUserName: { kind: 'text', description: 'Its name from now on. Keys, groups and policies stay with it.' },
    NewDisplayName: USER_TEXTS.DisplayName,
    NewEmail: USER_TEXTS.Email,
    NewMobilePhone: USER_TEXTS.MobilePhone,
    NewComments: USER_TEXTS.Comments,
  },
  answers: [{ name: 'User', type: 'object', description: 'The user.' }, ...userAnswers('User')],

  async handle({ caller, values }, { identities }) {
    const outcome = await identities.users.update(caller.account, values.UserName, {
      name: unlessEmpty(values.NewUserName),
      displayName: unlessEmpty(values.NewDisplayName),
      email: unlessEmpty(values.NewEmail),
      mobilePhone: unlessEmpty(values.NewMobilePhone),
      comments: unlessEmpty(values.NewComments),
    });
    return answerChange(outcome, (user) => ({ User: userFields(user) }));
  },
});
