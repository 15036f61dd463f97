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
  | 'Policy.Version';

/** What there can be only so many of. */
export type LimitedEntity =
  | 'User'
  | 'Group'
  | 'Role'
  | 'Policy'
  | 'Policy.Version'
  | 'User.AccessKey'
  | 'User.Group'
  | `${HolderName}.Policy`;

type HolderName = 'User' | 'Group' | 'Role';

/** Which rule a field breaks. */
export type FieldRule = 'Length' | 'InvalidChars' | 'Format' | 'Range';

/** Why a call on identities did nothing. The messages say what to do and are fit for the caller. */
export type IdentityRefusal =
  | { readonly kind: 'entity-exists'; readonly entity: IdentityEntity; readonly message: string }
  | { readonly kind: 'entity-not-exist'; readonly entity: IdentityEntity; readonly message: string }
  | { readonly kind: 'delete-conflict'; readonly conflict: DeleteConflict; readonly message: string }
  | { readonly kind: 'limit-exceeded'; readonly entity: LimitedEntity; readonly message: string }
  | {
      readonly kind: 'invalid';
      /** By the wire's own name, such as `UserName`. */
      readonly field: string;
      readonly rule: FieldRule;
      readonly message: string;
    };

export type IdentityOutcome<Value = void> = { readonly kind: 'done'; readonly value: Value } | IdentityRefusal;
