import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { KEY_OWNER, keyAnswers, keyFields, keyOwner } from './key-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const listAccessKeys = ramOperation({
  action: 'ListAccessKeys',
  summary: 'Lists the access keys of a user, without their secrets.',
  resources: [USER_ARN],
  parameters: { UserName: KEY_OWNER },
  answers: [
    { name: 'AccessKeys.AccessKey', type: 'array', description: 'The keys.' },
    ...keyAnswers('AccessKeys.AccessKey[]'),
  ],
  xmlItems: { AccessKey: 'AccessKey' },

  async handle({ caller, values }, { identities }) {
    const owner = keyOwner(caller, values.UserName);
    if (typeof owner === 'object') return owner;
    const outcome = await identities.keys.list(caller.account, owner);
    return answerIdentity(outcome, (keys) => ({ AccessKeys: { AccessKey: keys.map(keyFields) } }));
  },
});
