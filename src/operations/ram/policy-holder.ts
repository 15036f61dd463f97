import type { Holder } from '../../auth/identities.ts';
import { GROUP_ARN, ROLE_ARN, USER_ARN } from './arn-template.ts';
import { GROUP_NAME } from './group-answer.ts';
import { ROLE_NAME } from './role-answer.ts';
import { USER_NAME } from './user-answer.ts';

/** What policies are attached to: the same three operations for each kind, by other names. */
export type HolderKind = {
  readonly kind: Holder['kind'];
  readonly noun: string;
  /** The parameter that names one. */
  readonly parameter: 'UserName' | 'GroupName' | 'RoleName';
  readonly definition: { readonly kind: 'text'; readonly required: true; readonly description: string };
  readonly arn: string;
};

export const USER_HOLDER: HolderKind = {
  kind: 'user',
  noun: 'User',
  parameter: 'UserName',
  definition: USER_NAME,
  arn: USER_ARN,
};

export const GROUP_HOLDER: HolderKind = {
  kind: 'group',
  noun: 'Group',
  parameter: 'GroupName',
  definition: GROUP_NAME,
  arn: GROUP_ARN,
};

export const ROLE_HOLDER: HolderKind = {
  kind: 'role',
  noun: 'Role',
  parameter: 'RoleName',
  definition: ROLE_NAME,
  arn: ROLE_ARN,
};

/** @param values of an operation on this kind */
export function holderOf({ kind, parameter }: HolderKind, values: Readonly<Record<string, unknown>>): Holder {
  return { kind, name: values[parameter] as string };
}
