import type { AccountId } from './account.ts';
import type {
  HotwordLibrary,
  HotwordLibraryChange,
  HotwordLibraryDraft,
  HotwordScenario,
  ListedHotwordLibrary,
} from './hotword-library.ts';
import type { JobOrder, PageStart } from './job-query.ts';

export type HotwordLibraryFilter = {
  /** Part of the name, in upper or lower case. */
  readonly nameContains?: string | undefined;
  readonly scenario?: HotwordScenario | undefined;
  /** Milliseconds since the epoch: the first that counts. */
  readonly createdFrom?: number | undefined;
  /** Milliseconds since the epoch: the first that does not count any more. */
  readonly createdBefore?: number | undefined;
};

export type HotwordLibraryQuery = {
  readonly filter: HotwordLibraryFilter;
  /** By creation. */
  readonly order: JobOrder;
  readonly start: PageStart;
  /** 1 to 100. */
  readonly size: number;
};

export type HotwordLibraryPage = {
  readonly libraries: readonly ListedHotwordLibrary[];
  /** Where the next page goes on; undefined on the last one. */
  readonly lastSequence: number | undefined;
  /** How many match on all pages. */
  readonly total: number;
};

/** The account has as many libraries as it may have. */
export type TooManyLibraries = { readonly kind: 'too-many-libraries' };

/**
 * The port of the stores of hotword libraries. An id that is another account's is an id that does not exist. A change
 * is durable when its promise resolves.
 */
export type HotwordLibraries = {
  create(account: AccountId, draft: HotwordLibraryDraft): Promise<HotwordLibrary | TooManyLibraries>;
  get(account: AccountId, id: string): Promise<HotwordLibrary | undefined>;
  /** The library as it is then, or undefined where there is none. */
  update(account: AccountId, id: string, change: HotwordLibraryChange): Promise<HotwordLibrary | undefined>;
  /** Whether there was one. */
  delete(account: AccountId, id: string): Promise<boolean>;
  list(account: AccountId, query: HotwordLibraryQuery): Promise<HotwordLibraryPage>;
};
