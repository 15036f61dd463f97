/** What can exist or not: a thing, or a thing of a thing. By the words of the service's error codes. */
export type IdentityEntity =
  | 'User'
  | 'Group'
  | 'Role'
  | 'Policy'
  | 'Policy.Version'
  | 'User.AccessKey'
  | 'User.Group'
  | 'User.Policy'
  | 'Group.Policy'
  | 'Role.Policy';

/** What keeps a thing from being deleted: `User.Group` is a user that is in a group. */
export type DeleteConflict =
  | 'User.AccessKey'
  | 'User.Group'
  | 'User.Policy'
  | 'Group.User'
  | 'Group.Policy'
  | 'Role.Policy'
  | 'Policy.User'
  | 'Policy.Group'
  | 'Policy.Role'
  /** A policy with other versions than its default one. */
  | 'Policy.Version'
  /** The default version itself. */
  | 'Policy.Version.Default';

/** What there can be only so many of. */
export type LimitedEntity =
  'Policy' | 'Policy.Version' | 'User.AccessKey' | 'User.Policy' | 'Group.Policy' | 'Role.Policy';

/** Which rule a field breaks. `Malformed` is for documents. */
export type FieldRule = 'Length' | 'InvalidChars' | 'Format' | 'Range' | 'Malformed';

export type InvalidField = {
  readonly kind: 'invalid';
  /** By the wire's own name, such as `UserName`. */
  readonly field: string;
  readonly rule: FieldRule;
  readonly message: string;
};

/** Why a call on identities did nothing. The messages say what to do and are fit for the caller. */
export type IdentityRefusal =
  | { readonly kind: 'entity-exists'; readonly entity: IdentityEntity; readonly message: string }
  | { readonly kind: 'entity-not-exist'; readonly entity: IdentityEntity; readonly message: string }
  | { readonly kind: 'delete-conflict'; readonly conflict: DeleteConflict; readonly message: string }
  | { readonly kind: 'limit-exceeded'; readonly entity: LimitedEntity; readonly message: string }
  | InvalidField;

export type Done<Value = void> = { readonly kind: 'done'; readonly value: Value };

export type IdentityOutcome<Value = void> = Done<Value> | IdentityRefusal;

/** The outcome of what has nothing to tell. */
export const DONE: Done = { kind: 'done', value: undefined };

export function done<Value>(value: Value): Done<Value> {
  return { kind: 'done', value };
}

const NOUNS = { User: 'user', Group: 'group', Role: 'role', Policy: 'policy' } as const;

export function notExist(entity: keyof typeof NOUNS, name: string): IdentityRefusal {
  const message = `There is no ${NOUNS[entity]} ${quoted(name)} in this account. Check the name.`;
  return { kind: 'entity-not-exist', entity, message };
}

export function alreadyExists(entity: keyof typeof NOUNS, name: string): IdentityRefusal {
  const message = `The account has a ${NOUNS[entity]} ${quoted(name)} already. Choose another name.`;
  return { kind: 'entity-exists', entity, message };
}

export function deleteConflict(conflict: DeleteConflict, message: string): IdentityRefusal {
  return { kind: 'delete-conflict', conflict, message };
}

/** For messages: what a caller sent may be of any length. */
export function quoted(name: string): string {
  return `'${name.slice(0, 128)}'`;
}
