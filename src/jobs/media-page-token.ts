import type { AccountId } from './account.ts';
import type { MediaQuery } from './media-store.ts';
import { openPosition, sealPosition } from './page-token.ts';

/** The list of media that a token goes on with. A token of one list opens for no other. */
export type MediaPageScope = Pick<MediaQuery, 'filter' | 'order'> & { readonly account: AccountId };

/** @param sequence of the last media of the page before */
export function sealMediaPageToken(key: Buffer, scope: MediaPageScope, sequence: number): string {
  return sealPosition(key, bound(scope), sequence);
}

/** The sequence, or undefined where the token is damaged, of another key, or of another list. Never throws. */
export function openMediaPageToken(key: Buffer, scope: MediaPageScope, token: string): number | undefined {
  return openPosition(key, bound(scope), token);
}

function bound({ account, filter, order }: MediaPageScope): Buffer {
  const { mediaId, mediaType, businessType, origin, status, createdFrom, createdBefore } = filter;
  const given = [mediaId, mediaType, businessType, origin, status, createdFrom, createdBefore];
  const filters = given.map((value) => value ?? null);
  return Buffer.from(JSON.stringify(['media', account, order, ...filters]));
}
