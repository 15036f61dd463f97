import type { Role } from '../../auth/identities.ts';
import { wireTime } from '../../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../../gateway/operation.ts';

export const ROLE_NAME = {
  kind: 'text',
  required: true,
  description: '1 to 64 letters, digits, periods and hyphens.',
} as const;

export const TRUST_POLICY = { kind: 'text', description: 'Who may assume it: a trust policy as JSON.' } as const;
export const ROLE_DESCRIPTION = { kind: 'text', description: 'At most 1024 characters.' } as const;
export const MAX_SESSION = {
  kind: 'integer',
  min: 3600,
  max: 43_200,
  description: 'Seconds that a session may last, default 3600.',
} as const;

/** As lists have it, without the trust policy. */
export function listedRoleFields(role: Role): AnswerObject {
  return {
    RoleId: role.id,
    RoleName: role.name,
    Arn: role.arn,
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    CreateDate: wireTime(role.createdAt),
    UpdateDate: wireTime(role.updatedAt),
  };
}

export function roleFields(role: Role): AnswerObject {
  return { ...listedRoleFields(role), AssumeRolePolicyDocument: role.trustPolicy };
}

/** As an answer to the creation has it, which is not updated yet. */
export function newRoleFields(role: Role): AnswerObject {
  return { ...roleFields(role), UpdateDate: undefined };
}

/** @param name of the object or of the array's elements, as `Role` or `Roles.Role[]` */
export function listedRoleAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}.RoleId`, type: 'string', description: '18 digits.' },
    { name: `${name}.RoleName`, type: 'string', description: 'The name, unique in the account.' },
    { name: `${name}.Arn`, type: 'string', description: '`acs:ram::<account>:role/<name>`, for AssumeRole.' },
    { name: `${name}.Description`, type: 'string', description: 'As given.' },
    { name: `${name}.MaxSessionDuration`, type: 'number', description: 'Seconds.' },
    { name: `${name}.CreateDate`, type: 'string', description: 'UTC.' },
    { name: `${name}.UpdateDate`, type: 'string', description: 'UTC; not in the answer to CreateRole.' },
  ];
}

export function roleAnswers(name: string): readonly AnswerField[] {
  return [
    ...listedRoleAnswers(name),
    { name: `${name}.AssumeRolePolicyDocument`, type: 'string', description: 'JSON, as it was given.' },
  ];
}
