import type { AccountId } from '../../../jobs/account.ts';
import type { MediaPage, MediaQuery } from '../../../jobs/media-store.ts';
import type { SqlValue, Statements } from '../statements.ts';
import { MEDIA_COLUMNS, mediaEntry, type MediaRow } from './media-rows.ts';

/** A filter that is NULL matches all. */
const MATCHING =
  'FROM media WHERE account = ? AND media_type = IFNULL(?, media_type) ' +
  'AND business_type = IFNULL(?, business_type) AND origin = IFNULL(?, origin) AND status = IFNULL(?, status) ' +
  'AND created_at >= ? AND created_at < ?';
const ONE = 'AND id = ?';
const PAGES = {
  Asc: 'AND sequence > ? ORDER BY sequence LIMIT ?',
  Desc: 'AND sequence < ? ORDER BY sequence DESC LIMIT ?',
} as const;
const BEGINNINGS = { Asc: 0, Desc: Number.MAX_SAFE_INTEGER } as const;

type Row = MediaRow & { readonly sequence: number };

/** One page and the count of all of them. */
export function listMedia(statements: Statements, account: AccountId, query: MediaQuery): MediaPage {
  const { mediaId, mediaType, businessType, origin, status, createdFrom, createdBefore } = query.filter;
  const kinds = [mediaType, businessType, origin, status].map((value) => value ?? null);
  const times = [createdFrom ?? 0, createdBefore ?? Number.MAX_SAFE_INTEGER];
  const values: SqlValue[] = [account, ...kinds, ...times, ...(mediaId === undefined ? [] : [mediaId])];
  const matching = mediaId === undefined ? MATCHING : `${MATCHING} ${ONE}`;

  const after = query.afterSequence ?? BEGINNINGS[query.order];
  const page = `SELECT sequence, ${MEDIA_COLUMNS} ${matching} ${PAGES[query.order]}`;
  const rows = statements.all(page, ...values, after, query.size + 1) as Row[];
  const shown = rows.slice(0, query.size);
  const { total } = statements.get(`SELECT count(*) AS total ${matching}`, ...values) as { total: number };
  return {
    entries: shown.map(({ sequence: _sequence, ...row }) => mediaEntry(row)),
    lastSequence: rows.length > shown.length ? shown.at(-1)?.sequence : undefined,
    total,
  };
}
