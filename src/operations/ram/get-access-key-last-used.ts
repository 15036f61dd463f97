import { wireTime } from '../../base/wire-time.ts';
import { USER_ARN } from './arn-template.ts';
import { answerIdentity } from './identity-answer.ts';
import { KEY_ID, KEY_OWNER, keyOwner } from './key-answer.ts';
import { ramOperation } from './ram-operation.ts';

export const getAccessKeyLastUsed = ramOperation({
  action: 'GetAccessKeyLastUsed',
  summary: 'Tells when an access key last signed a request, to a minute.',
  resources: [USER_ARN],
  parameters: { UserAccessKeyId: KEY_ID, UserName: KEY_OWNER },
  answers: [
    { name: 'AccessKeyLastUsed', type: 'object', description: 'Its last use.' },
    { name: 'AccessKeyLastUsed.LastUsedDate', type: 'string', description: 'UTC; empty where it was never used.' },
  ],

  async handle({ caller, values }, { identities }) {
    const owner = keyOwner(caller, values.UserName);
    if (typeof owner === 'object') return owner;
    const outcome = await identities.keys.lastUsed(caller.account, owner, values.UserAccessKeyId);
    return answerIdentity(outcome, (usedAt) => ({
      AccessKeyLastUsed: { LastUsedDate: usedAt === undefined ? '' : wireTime(usedAt) },
    }));
  },
});
