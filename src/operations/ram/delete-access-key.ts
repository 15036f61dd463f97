import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { KEY_ID, KEY_OWNER, keyOwner } from './key-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const deleteAccessKey = ramOperation({
  action: 'DeleteAccessKey',
  summary: 'Deletes an access key of a user.',
  resources: [USER_ARN],
  parameters: { UserAccessKeyId: KEY_ID, UserName: KEY_OWNER },
  answers: [],

  async handle({ caller, values }, { identities }) {
    const owner = keyOwner(caller, values.UserName);
    if (typeof owner === 'object') return owner;
    return answerIdentity(await identities.keys.delete(caller.account, owner, values.UserAccessKeyId));
  },
});
