import type { AccountId } from '../jobs/account.ts';
import type { IdentityOutcome } from './identity-outcome.ts';

/** All times are milliseconds since the epoch; texts that were never given are ''. */
export type User = {
  /** 18 digits, drawn at random, so that nobody gets the id of one who is gone. */
  readonly id: string;
  /** 1 to 64 letters, digits, `.`, `-` and `_`. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly mobilePhone: string;
  readonly comments: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type UserDraft = { readonly name: string } & Partial<
  Pick<User, 'displayName' | 'email' | 'mobilePhone' | 'comments'>
>;

/** What a user is to become. What is left out stays. */
export type UserChange = Partial<UserDraft>;

export type Group = {
  /** `g-` and 16 letters and digits, as random. */
  readonly id: string;
  /** 1 to 64 letters, digits, `.`, `-` and `_`. */
  readonly name: string;
  readonly comments: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type GroupDraft = { readonly name: string; readonly comments?: string };
export type GroupChange = Partial<GroupDraft>;

/** Somebody or something beside the time at which it joined the other side. */
export type Joined<Entity> = { readonly entity: Entity; readonly joinedAt: number };

export type Role = {
  /** 18 digits, as random. A role that is made again by the same name is another role. */
  readonly id: string;
  /** 1 to 64 letters, digits, `.` and `-`. */
  readonly name: string;
  /** `acs:ram::<account>:role/<name>` */
  readonly arn: string;
  readonly description: string;
  /** Who may assume it: a trust policy, as JSON, as it was given. */
  readonly trustPolicy: string;
  /** The longest session, 3600 to 43200 seconds. */
  readonly maxSessionSeconds: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type RoleDraft = { readonly name: string; readonly trustPolicy: string } & Partial<
  Pick<Role, 'description' | 'maxSessionSeconds'>
>;
export type RoleChange = Partial<Pick<Role, 'trustPolicy' | 'description' | 'maxSessionSeconds'>>;

/** Only active keys sign requests. */
export type KeyStatus = 'Active' | 'Inactive';

/** An access key as lists show it: without its secret, which nothing but its creation tells. */
export type ListedKey = {
  readonly id: string;
  readonly status: KeyStatus;
  readonly createdAt: number;
};

/** The only time that the secret is told. */
export type CreatedKey = ListedKey & { readonly secret: string };

export type PolicyType = 'System' | 'Custom';

/** Names are unique within the type. */
export type PolicyRef = { readonly type: PolicyType; readonly name: string };

export type Policy = PolicyRef & {
  readonly description: string;
  /** `v1` and up. */
  readonly defaultVersion: string;
  /** To how many users, groups and roles of the account it is attached. */
  readonly attachmentCount: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type PolicyVersion = {
  readonly id: string;
  readonly isDefault: boolean;
  /** JSON, as it was given. */
  readonly document: string;
  readonly createdAt: number;
};

export type PolicyDraft = { readonly name: string; readonly document: string; readonly description?: string };

export type VersionDraft = {
  readonly document: string;
  readonly setAsDefault: boolean;
  /** Where the policy has all the versions it can have, the oldest one that is not the default makes room. */
  readonly rotate: boolean;
};

/** To whom a policy is attached. */
export type Holder = { readonly kind: 'user' | 'group' | 'role'; readonly name: string };

/** A policy beside the time of its attachment. */
export type AttachedPolicy = Pick<Policy, 'type' | 'name' | 'description' | 'defaultVersion'> & {
  readonly attachedAt: number;
};

export type PolicyHolders = {
  readonly users: readonly Joined<User>[];
  readonly groups: readonly Joined<Group>[];
  readonly roles: readonly Joined<Role>[];
};

/** A policy that takes part in a decision: its default version. */
export type EffectivePolicy = PolicyRef & { readonly document: string };

/** A user or role by its id, so that another one who got its name later gets nothing from it. */
export type PolicySubject = { readonly kind: 'user' | 'role'; readonly id: string };

export type PageQuery = {
  /** '' for the first page, else what the page before gave. */
  readonly marker: string;
  /** 1 to 1000. */
  readonly maxItems: number;
};

/** In the order of names. Deletes and creates between two pages make it skip or repeat no other entry. */
export type Page<Item> = {
  readonly items: readonly Item[];
  /** For the next page, '' where this one is the last. */
  readonly marker: string;
};

export type UserStore = {
  create(account: AccountId, draft: UserDraft): Promise<IdentityOutcome<User>>;
  get(account: AccountId, name: string): Promise<IdentityOutcome<User>>;
  update(account: AccountId, name: string, change: UserChange): Promise<IdentityOutcome<User>>;
  /** Refused while the user has access keys, is in a group, or has policies of its own. */
  delete(account: AccountId, name: string): Promise<IdentityOutcome>;
  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<User>>>;
  groupsOf(account: AccountId, name: string): Promise<IdentityOutcome<readonly Joined<Group>[]>>;
};

export type GroupStore = {
  create(account: AccountId, draft: GroupDraft): Promise<IdentityOutcome<Group>>;
  get(account: AccountId, name: string): Promise<IdentityOutcome<Group>>;
  update(account: AccountId, name: string, change: GroupChange): Promise<IdentityOutcome<Group>>;
  /** Refused while the group has members or policies. */
  delete(account: AccountId, name: string): Promise<IdentityOutcome>;
  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<Group>>>;
  addUser(account: AccountId, name: string, userName: string): Promise<IdentityOutcome>;
  removeUser(account: AccountId, name: string, userName: string): Promise<IdentityOutcome>;
  usersOf(account: AccountId, name: string, query: PageQuery): Promise<IdentityOutcome<Page<Joined<User>>>>;
};

export type RoleStore = {
  create(account: AccountId, draft: RoleDraft): Promise<IdentityOutcome<Role>>;
  get(account: AccountId, name: string): Promise<IdentityOutcome<Role>>;
  update(account: AccountId, name: string, change: RoleChange): Promise<IdentityOutcome<Role>>;
  /** Refused while policies are attached. Sessions of the role can do nothing from then on. */
  delete(account: AccountId, name: string): Promise<IdentityOutcome>;
  list(account: AccountId, query: PageQuery): Promise<IdentityOutcome<Page<Role>>>;
};

/** The keys of users. The root key of an account is the operator's, who sets it where the server starts. */
export type UserKeyStore = {
  create(account: AccountId, userName: string): Promise<IdentityOutcome<CreatedKey>>;
  list(account: AccountId, userName: string): Promise<IdentityOutcome<readonly ListedKey[]>>;
  setStatus(account: AccountId, userName: string, keyId: string, status: KeyStatus): Promise<IdentityOutcome>;
  delete(account: AccountId, userName: string, keyId: string): Promise<IdentityOutcome>;
  /** When the key last signed a request, to a minute; undefined where it never did. */
  lastUsed(account: AccountId, userName: string, keyId: string): Promise<IdentityOutcome<number | undefined>>;
};

/** System policies are the same in every account and can only be read and attached. */
export type PolicyStore = {
  create(account: AccountId, draft: PolicyDraft): Promise<IdentityOutcome<Policy>>;
  get(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<Policy>>;
  describe(account: AccountId, name: string, description: string): Promise<IdentityOutcome<Policy>>;
  /** Refused while it is attached or has other versions than the default one. */
  delete(account: AccountId, name: string): Promise<IdentityOutcome>;
  /** @param type undefined for both: the custom ones first */
  list(account: AccountId, type: PolicyType | undefined, query: PageQuery): Promise<IdentityOutcome<Page<Policy>>>;

  createVersion(account: AccountId, name: string, draft: VersionDraft): Promise<IdentityOutcome<PolicyVersion>>;
  getVersion(account: AccountId, policy: PolicyRef, versionId: string): Promise<IdentityOutcome<PolicyVersion>>;
  /** Oldest first. */
  versions(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<readonly PolicyVersion[]>>;
  setDefaultVersion(account: AccountId, name: string, versionId: string): Promise<IdentityOutcome>;
  /** Refused for the default version. */
  deleteVersion(account: AccountId, name: string, versionId: string): Promise<IdentityOutcome>;

  attach(account: AccountId, policy: PolicyRef, holder: Holder): Promise<IdentityOutcome>;
  detach(account: AccountId, policy: PolicyRef, holder: Holder): Promise<IdentityOutcome>;
  attachedTo(account: AccountId, holder: Holder): Promise<IdentityOutcome<readonly AttachedPolicy[]>>;
  holdersOf(account: AccountId, policy: PolicyRef): Promise<IdentityOutcome<PolicyHolders>>;
};

/**
 * The port of the identities. Every call names its account first, and what belongs to another account does not
 * exist. A write is committed when its promise resolves, and holds for the next request.
 */
export type IdentityStore = {
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly roles: RoleStore;
  readonly keys: UserKeyStore;
  readonly policies: PolicyStore;

  /**
   * What decides about a subject: its own policies, and for a user those of its groups. None for a subject that
   * is gone.
   */
  policiesOf(account: AccountId, subject: PolicySubject): Promise<readonly EffectivePolicy[]>;
  /** Rises with every change of the account's identities while this process runs: what was read before is old. */
  generation(account: AccountId): number;
};
