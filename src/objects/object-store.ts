import type { Readable } from 'node:stream';
import type { AccountId } from '../jobs/account.ts';

export type ObjectInfo = {
  /** Bytes. */
  readonly size: number;
  /** Upper-case hex MD5 of the content, without quotes: what the cloud calls ETag. */
  readonly etag: string;
  readonly contentType: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
};

/** Both ends included, counted from 0. */
export type ByteRange = { readonly start: number; readonly end: number };

/** One version of an object, held open: a later put does not change what is read. */
export type OpenObject = {
  readonly info: ObjectInfo;
  /** The content or a part of it. Called once at most; the stream closes the object when it ends. */
  stream(range?: ByteRange): Readable;
  /** For a reader that takes no stream. */
  close(): Promise<void>;
};

/** Why an account does not get at a bucket. A bucket of another account is for jobs what a missing one is. */
export type BucketProblem =
  | { readonly kind: 'invalid-name'; readonly message: string }
  | { readonly kind: 'no-such-bucket' }
  | { readonly kind: 'bucket-of-another-account' };

export type ReadProblem = BucketProblem | { readonly kind: 'no-such-key' };

export type PutOptions = {
  /** Default: what the key's extension says. */
  readonly contentType?: string;
  /** Refuse bodies of more bytes. Default: no limit. */
  readonly maxBytes?: number;
  /** What the sender says that it will send: a store may refuse it before the body is read. */
  readonly announcedBytes?: number;
  /** Upper-case hex MD5 that the content must have. */
  readonly expectedEtag?: string;
  /** Only where there is no object of that key, however many put one at once. */
  readonly ifAbsent?: boolean;
};

export type PutOutcome =
  | { readonly kind: 'stored'; readonly info: ObjectInfo }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'digest-mismatch'; readonly etag: string }
  /** With it the objects of the account would have more than these bytes. */
  | { readonly kind: 'quota-exceeded'; readonly maxBytes: number }
  /** The body's stream failed before its end. */
  | { readonly kind: 'interrupted' }
  /** There is one, and it was to be put only where there is none. */
  | { readonly kind: 'exists' }
  | BucketProblem;

export type FetchToOptions = { readonly maxBytes?: number; readonly signal?: AbortSignal };

export type FetchToOutcome =
  | { readonly kind: 'fetched'; readonly bytes: number }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | ReadProblem;

/**
 * The port of the object stores. Every call names the account first. Outcomes are values; what is thrown is a fault
 * of the disk or the network behind the store, or the reason of the signal that was given.
 */
export type ObjectStore = {
  /**
   * Makes the bucket, or finds that the account has it already. Bucket names are shared by all accounts; those of
   * reserved-bucket.ts are each for one of them.
   */
  createBucket(
    account: AccountId,
    bucket: string,
  ): Promise<{ readonly kind: 'created' | 'exists' } | BucketProblem>;
  hasBucket(account: AccountId, bucket: string): Promise<{ readonly kind: 'exists' } | BucketProblem>;
  /** Stores the whole body or nothing; synced when it resolves. A half-written object is never seen. */
  put(
    account: AccountId,
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    options?: PutOptions,
  ): Promise<PutOutcome>;
  head(
    account: AccountId,
    bucket: string,
    key: string,
  ): Promise<{ readonly kind: 'found'; readonly info: ObjectInfo } | ReadProblem>;
  read(
    account: AccountId,
    bucket: string,
    key: string,
  ): Promise<{ readonly kind: 'found'; readonly object: OpenObject } | ReadProblem>;
  /** Copies the object into a file of its own. Nothing is left at the path where the outcome is not `fetched`. */
  fetchTo(
    account: AccountId,
    bucket: string,
    key: string,
    filePath: string,
    options?: FetchToOptions,
  ): Promise<FetchToOutcome>;
  /** Gone for good when it resolves, but not for a reader who has it open. */
  remove(account: AccountId, bucket: string, key: string): Promise<{ readonly kind: 'removed' } | ReadProblem>;
};
