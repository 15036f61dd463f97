import { randomBytes } from 'node:crypto';
import type { AccountId } from '../../../jobs/account.ts';
import type { MediaDraft, MediaEntry } from '../../../jobs/media-entry.ts';
import type { MediaName, MediaRegistration } from '../../../jobs/media-store.ts';
import type { Statements } from '../statements.ts';

/** A row with these columns is a MediaEntry, but for NULL where that has undefined. */
export const MEDIA_COLUMNS =
  'id AS mediaId, input_url AS inputUrl, address, media_type AS mediaType, business_type AS businessType, origin, ' +
  'status, title, description, tags, cover_url AS coverUrl, category_id AS categoryId, ' +
  'reference_id AS referenceId, user_data AS userData, duration, created_at AS createdAt, modified_at AS modifiedAt';

const BY_ID = `SELECT ${MEDIA_COLUMNS} FROM media WHERE id = ? AND account = ?`;
const BY_ADDRESS = `SELECT ${MEDIA_COLUMNS} FROM media WHERE account = ? AND address = ? ORDER BY sequence DESC LIMIT 1`;
const BY_TOKEN = `SELECT ${MEDIA_COLUMNS} FROM media WHERE account = ? AND client_token = ? AND client_token <> ''`;
const BY_REFERENCE = `SELECT ${MEDIA_COLUMNS} FROM media WHERE account = ? AND reference_id = ? AND reference_id <> ''`;
const INSERT =
  'INSERT INTO media (id, account, input_url, address, media_type, business_type, origin, status, title, ' +
  'description, tags, cover_url, category_id, reference_id, user_data, client_token, created_at, modified_at) ' +
  'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const DELETE_BY_ID = 'DELETE FROM media WHERE id = ? AND account = ?';
const DELETE_BY_ADDRESS = 'DELETE FROM media WHERE account = ? AND address = ?';

type Nullable<T> = { readonly [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };
export type MediaRow = Nullable<MediaEntry>;

export function mediaEntry(row: MediaRow): MediaEntry {
  return { ...row, categoryId: row.categoryId ?? undefined, duration: row.duration ?? undefined };
}

/** The media of the accounts, one by one. */
export class MediaRows {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  find(account: AccountId, name: MediaName): MediaEntry | undefined {
    if ('mediaId' in name) return this.#one(BY_ID, name.mediaId, account);
    for (const address of name.addresses) {
      const found = this.#one(BY_ADDRESS, account, address);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  ofToken(account: AccountId, clientToken: string): MediaEntry | undefined {
    return this.#one(BY_TOKEN, account, clientToken);
  }

  ofReference(account: AccountId, referenceId: string): MediaEntry | undefined {
    return this.#one(BY_REFERENCE, account, referenceId);
  }

  insert(
    account: AccountId,
    draft: MediaDraft,
    { status, clientToken }: Pick<MediaRegistration, 'status' | 'clientToken'>,
    now: number,
  ): MediaEntry {
    const mediaId = newMediaId();
    this.#statements.run(
      INSERT,
      ...[mediaId, account, draft.inputUrl, draft.address, draft.mediaType, draft.businessType, draft.origin],
      ...[status, draft.title, draft.description, draft.tags, draft.coverUrl],
      ...[draft.categoryId ?? null, draft.referenceId, draft.userData, clientToken, now, now],
    );
    return { ...draft, mediaId, status, duration: undefined, createdAt: now, modifiedAt: now };
  }

  /** @returns whether there was one */
  delete(account: AccountId, name: MediaName): boolean {
    if ('mediaId' in name) return this.#statements.run(DELETE_BY_ID, name.mediaId, account) > 0;
    return name.addresses.some((address) => this.#statements.run(DELETE_BY_ADDRESS, account, address) > 0);
  }

  #one(sql: string, ...values: readonly string[]): MediaEntry | undefined {
    const row = this.#statements.get(sql, ...values) as MediaRow | undefined;
    return row && mediaEntry(row);
  }
}

function newMediaId(): string {
  return randomBytes(16).toString('hex');
}
