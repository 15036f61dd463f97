import type { Group } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';

export const GROUP_NAME = {
  kind: 'text',
  required: true,
  description: '1 to 64 letters, digits, periods, hyphens and underscores.',
} as const;

export const GROUP_COMMENTS = { kind: 'text', description: 'At most 128 characters.' } as const;

/** As an answer to the creation has it, which is not updated yet. */
export function newGroupFields({ id, name, comments, createdAt }: Group): AnswerObject {
  return { GroupId: id, GroupName: name, Comments: comments, CreateDate: wireTime(createdAt) };
}

export function groupFields(group: Group): AnswerObject {
  return { ...newGroupFields(group), UpdateDate: wireTime(group.updatedAt) };
}

/** @param name of the object or of the array's elements, as `Group` or `Groups.Group[]` */
export function groupAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.GroupId`, type: 'string', description: '`g-` and 16 letters and digits.' },
    { name: `${name}.GroupName`, type: 'string', description: 'The name, unique in the account.' },
    { name: `${name}.Comments`, type: 'string', description: 'As given.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
    { name: `${name}.UpdateDate`, type: 'string', description: 'UTC; not in the answer to CreateGroup.' },
  ];
}
