import type { User } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';
import type { ParameterTable } from '../../gateway/parameter-table.ts';

export const USER_NAME = {
  kind: 'text',
  required: true,
  description: '1 to 64 letters, digits, periods, hyphens and underscores.',
} as const;

/** What can be said of a user besides its name. */
export const USER_TEXTS = {
  DisplayName: { kind: 'text', description: 'At most 128 characters.' },
  Email: { kind: 'text', description: 'An address.' },
  MobilePhone: { kind: 'text', description: '`<country code>-<number>`.' },
  Comments: { kind: 'text', description: 'At most 128 characters.' },
} as const satisfies ParameterTable;

/** As an answer to the creation has it, which is not updated yet. */
export function newUserFields(user: User): AnswerObject {
  return {
    UserId: user.id,
    UserName: user.name,
    DisplayName: user.displayName,
    Email: user.email,
    MobilePhone: user.mobilePhone,
    Comments: user.comments,
    CreateDate: wireTime(user.createdAt),
  };
}

export function userFields(user: User): AnswerObject {
  return { ...newUserFields(user), UpdateDate: wireTime(user.updatedAt) };
}

/** @param name of the object or of the array's elements, as `User` or `Users.User[]` */
export function userAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.UserId`, type: 'string', description: '18 digits.' },
    { name: `${name}.UserName`, type: 'string', description: 'The name, unique in the account.' },
    { name: `${name}.DisplayName`, type: 'string', description: 'As given.' },
    { name: `${name}.Email`, type: 'string', description: 'As given.' },
    { name: `${name}.MobilePhone`, type: 'string', description: 'As given.' },
    { name: `${name}.Comments`, type: 'string', description: 'As given.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
    { name: `${name}.UpdateDate`, type: 'string', description: 'UTC; not in the answer to CreateUser.' },
  ];
}
