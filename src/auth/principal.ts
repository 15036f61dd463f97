import type { Caller } from './caller.ts';

/** The ARN that policies know a caller by. All sessions of a role have that of the role. */
export function principalArn(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
      return `acs:ram::${caller.account}:root`;
    case 'user':
      return `acs:ram::${caller.account}:user/${caller.userName}`;
    case 'role-session':
      return `acs:ram::${caller.account}:role/${caller.roleName}`;
  }
}

/** A caller whom policies decide about. */
export type GovernedCaller = Exclude<Caller, { readonly kind: 'root' }>;

/** By the words of a refusal of permission. */
export type PrincipalFacts = {
  /** The account that the caller belongs to. */
  readonly AuthPrincipalOwnerId: string;
  readonly AuthPrincipalType: 'SubUser' | 'AssumedRoleUser';
  /** The id of a user, `<role>:<session>` of a session. */
  readonly AuthPrincipalDisplayName: string;
};

export function principalFacts(caller: GovernedCaller): PrincipalFacts {
  return {
    AuthPrincipalOwnerId: caller.account,
    AuthPrincipalType: caller.kind === 'user' ? 'SubUser' : 'AssumedRoleUser',
    AuthPrincipalDisplayName: caller.kind === 'user' ? caller.userId : `${caller.roleName}:${caller.sessionName}`,
  };
}
