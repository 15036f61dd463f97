import type { AccountId } from './account.ts';
import type { JobOrder } from './job-query.ts';
import type {
  BusinessType,
  MediaDraft,
  MediaEntry,
  MediaOrigin,
  MediaOutput,
  MediaStatus,
  MediaType,
} from './media-entry.ts';

/** How a caller names a media: by its id, or by its address, whose spellings are tried in turn. */
export type MediaName = { readonly mediaId: string } | { readonly addresses: readonly string[] };

export type MediaRegistration = {
  readonly draft: MediaDraft;
  readonly status: MediaStatus;
  /** Deletes what the account has of the same address instead of refusing. */
  readonly overwrite: boolean;
  /** A second registration with the same one is the first one again. Empty = none. */
  readonly clientToken: string;
};

/** Why a media is not registered; then nothing is changed. */
export type MediaConflict =
  | { readonly kind: 'address-taken'; readonly mediaId: string }
  | { readonly kind: 'reference-taken'; readonly mediaId: string }
  /** The token came with another registration before. */
  | { readonly kind: 'token-used' };

/** Which media of the account a list shows: those that match every filter that is given. */
export type MediaFilter = {
  readonly mediaId?: string | undefined;
  readonly mediaType?: MediaType | undefined;
  readonly businessType?: BusinessType | undefined;
  readonly origin?: MediaOrigin | undefined;
  readonly status?: MediaStatus | undefined;
  /** Milliseconds since the epoch: the first that counts. */
  readonly createdFrom?: number | undefined;
  /** Milliseconds since the epoch: the first that does not count any more. */
  readonly createdBefore?: number | undefined;
};

export type MediaQuery = {
  readonly filter: MediaFilter;
  /** By registration. */
  readonly order: JobOrder;
  /** The page begins right behind this place; undefined = at the beginning. */
  readonly afterSequence: number | undefined;
  /** 1 to 100. */
  readonly size: number;
};

export type MediaPage = {
  readonly entries: readonly MediaEntry[];
  /** Where the next page goes on; undefined on the last one. */
  readonly lastSequence: number | undefined;
  /** How many match on all pages. */
  readonly total: number;
};

/** How the making of a reserved media ended. */
export type MediaOutcome =
  | { readonly status: 'Normal'; /** Seconds, where it has a length. */ readonly duration?: number | undefined }
  | { readonly status: 'PrepareFail' };

/**
 * The port of the stores of media ids. A media that is another account's is one that does not exist. A change is
 * durable when its promise resolves.
 */
export type MediaStore = {
  register(account: AccountId, registration: MediaRegistration): Promise<MediaEntry | MediaConflict>;
  /**
   * Gives an id to a file that a job is about to write: it is Preparing until `settle`. It is never in the way of
   * another media of the same address, nor is one of it: jobs may write one object after the other, and the ids
   * that they told all go on to resolve. To be called before the job is submitted, and taken back by `delete` where
   * the submit is refused; a crash between the two leaves an entry that nobody was told of.
   */
  reserve(account: AccountId, output: MediaOutput): Promise<MediaEntry>;
  /** Whether there was such an entry. Repeating it is harmless. */
  settle(account: AccountId, mediaId: string, outcome: MediaOutcome): Promise<boolean>;
  /** By an address: the newest of it. */
  get(account: AccountId, name: MediaName): Promise<MediaEntry | undefined>;
  /** Its total costs 4 ms for an account of 100,000 media, and up to 17 ms where it is filtered. */
  list(account: AccountId, query: MediaQuery): Promise<MediaPage>;
  /** All of them in one step; by an address: all of it. For each name, whether there was one. */
  delete(account: AccountId, names: readonly MediaName[]): Promise<readonly boolean[]>;
};
