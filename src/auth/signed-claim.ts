import type { AuthRefusal } from './auth-error.ts';

/** What a signed request claims, read by the rules of its scheme. Nothing of it is proven yet. */
export type SignedClaim = {
  readonly kind: 'claim';
  readonly accessKeyId: string;
  readonly nonce: string;
  /** As sent. */
  readonly timestamp: string;
  /** The parameter or header that holds the timestamp. */
  readonly timestampName: string;
  /** Empty where none was sent. */
  readonly securityToken: string;
  /** Computes the signature anew with this secret; undefined when it is the one that was sent. */
  readonly checkSignature: (secret: string) => AuthRefusal | undefined;
};
