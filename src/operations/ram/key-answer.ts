import type { Caller } from '../../auth/caller.ts';
import type { ListedKey } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import { refuse, type Refusal } from '../../gateway/api-error.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';

/** Users manage their own keys without naming themselves. */
export const KEY_OWNER = {
  kind: 'text',
  description: 'Whose key it is. A user who calls may leave it out for its own.',
} as const;

export const KEY_ID = { kind: 'text', required: true, description: 'The id of the key.' } as const;

/** Whose keys a call means. The account's own key is the operator's, who sets it where the server starts. */
export function keyOwner(caller: Caller, userName: string): string | Refusal {
  if (userName !== '') return userName;
  if (caller.kind === 'user') return caller.userName;
  return refuse(
    'MissingUserName',
    'UserName is mandatory for this action: the caller is no user, and the key of the account itself is set ' +
      'where the server starts (SMARTJOBS_ROOT_ACCESS_KEY_ID).',
  );
}

export function keyFields({ id, status, createdAt }: ListedKey): AnswerObject {
  return { AccessKeyId: id, Status: status, CreateDate: wireTime(createdAt) };
}

/** @param name of the object or of the array's elements */
export function keyAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.AccessKeyId`, type: 'string', description: 'The id.' },
    { name: `${name}.Status`, type: 'string', description: 'Active or Inactive.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
  ];
}
