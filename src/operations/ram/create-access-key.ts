import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { KEY_OWNER, keyAnswers, keyFields, keyOwner } from './key-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const createAccessKey = ramOperation({
  action: 'CreateAccessKey',
  summary: 'Creates an access key of a user, who can have two. Only this answer tells the secret.',
  resources: [USER_ARN],
  parameters: { UserName: KEY_OWNER },
  answers: [
    { name: 'AccessKey', type: 'object', description: 'The key.' },
    { name: 'AccessKey.AccessKeySecret', type: 'string', description: 'The secret, never told again.' },
    ...keyAnswers('AccessKey'),
  ],

  async handle({ caller, values }, { identities }) {
    const owner = keyOwner(caller, values.UserName);
    if (typeof owner === 'object') return owner;
    const outcome = await identities.keys.create(caller.account, owner);
    return answerIdentity(outcome, (key) => ({ AccessKey: { ...keyFields(key), AccessKeySecret: key.secret } }));
  },
});
