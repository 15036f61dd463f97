import type { AccountId } from '../jobs/account.ts';
import type { KeyStatus } from './identities.ts';

/** Whom an access key speaks for: the account itself, or one of its users. */
export type Principal =
  { readonly kind: 'root' } | { readonly kind: 'user'; readonly userId: string; readonly userName: string };

export type AccessKey = {
  readonly id: string;
  /** Never logged, never part of an answer but the one that creates it. */
  readonly secret: string;
  readonly account: AccountId;
  readonly principal: Principal;
  /** Inactive keys are known, and refused. */
  readonly status: KeyStatus;
};

/**
 * An object in both cases: measured, a promise takes 40 ns longer to resolve to an object, which may have a `then`,
 * than to nothing, and that told unknown keys from known ones.
 */
export type FoundKey = { readonly key: AccessKey | undefined };

/** The port through which authentication finds keys. Ids are compared exactly. */
export type AccessKeys = {
  /** As it is now: a key that was deleted or disabled a moment ago is so here. */
  find(id: string): Promise<FoundKey>;
  /** The key has just signed a request. Costs the request nothing: it is written down later, to a minute. */
  used(id: string): void;
};
