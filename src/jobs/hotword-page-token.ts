import type { AccountId } from './account.ts';
import type { HotwordLibraryFilter } from './hotword-libraries.ts';
import type { JobOrder } from './job-query.ts';
import { openPosition, sealPosition } from './page-token.ts';

/** The list of hotword libraries that a token goes on with. A token of one list opens for no other. */
export type HotwordPageScope = {
  readonly account: AccountId;
  readonly filter: HotwordLibraryFilter;
  readonly order: JobOrder;
};

/** @param sequence of the last library of the page before */
export function sealHotwordPageToken(key: Buffer, scope: HotwordPageScope, sequence: number): string {
  return sealPosition(key, bound(scope), sequence);
}

/** The sequence, or undefined where the token is damaged, of another key, or of another list. Never throws. */
export function openHotwordPageToken(key: Buffer, scope: HotwordPageScope, token: string): number | undefined {
  return openPosition(key, bound(scope), token);
}

function bound({ account, filter, order }: HotwordPageScope): Buffer {
  const { nameContains, scenario, createdFrom, createdBefore } = filter;
  const filters = [nameContains, scenario, createdFrom, createdBefore].map((value) => value ?? null);
  return Buffer.from(JSON.stringify(['hotword-libraries', account, order, ...filters]));
}
