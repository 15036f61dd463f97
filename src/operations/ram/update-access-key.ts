import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { KEY_ID, KEY_OWNER, keyOwner } from './key-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const updateAccessKey = ramOperation({
  action: 'UpdateAccessKey',
  summary: 'Disables an access key, or enables it again. The next request already finds it so.',
  resources: [USER_ARN],
  parameters: {
    UserAccessKeyId: KEY_ID,
    Status: {
      kind: 'choice',
      allowed: ['Active', 'Inactive'],
      required: true,
      description: 'What it is to be.',
    },
    UserName: KEY_OWNER,
  },
  answers: [],

  async handle({ caller, values }, { identities }) {
    const owner = keyOwner(caller, values.UserName);
    if (typeof owner === 'object') return owner;
    return answerIdentity(
      await identities.keys.setStatus(caller.account, owner, values.UserAccessKeyId, values.Status),
    );
  },
});
