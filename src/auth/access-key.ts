import type { AccountId } from '../jobs/account.ts';

/** Whom an access key speaks for. This version has the account itself and nobody else. */
export type Principal = { readonly kind: 'root' };

export type AccessKey = {
  readonly id: string;
  /** Never logged, never part of an answer. */
  readonly secret: string;
  readonly account: AccountId;
  readonly principal: Principal;
};

/** The port through which authentication finds keys. Ids are compared exactly. */
export type AccessKeys = {
  find(id: string): Promise<AccessKey | undefined>;
};
