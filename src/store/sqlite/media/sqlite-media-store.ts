import type { Database } from 'better-sqlite3';
import type { Clock } from '../../../base/clock.ts';
import type { AccountId } from '../../../jobs/account.ts';
import type { MediaDraft, MediaEntry, MediaOutput } from '../../../jobs/media-entry.ts';
import type {
  MediaConflict,
  MediaName,
  MediaOutcome,
  MediaPage,
  MediaQuery,
  MediaRegistration,
  MediaStore,
} from '../../../jobs/media-store.ts';
import { Statements } from '../statements.ts';
import { guarded } from '../store-failure.ts';
import { WriteTurn } from '../write-turn.ts';
import { listMedia } from './media-list.ts';
import { MediaRows } from './media-rows.ts';

const SETTLE = 'UPDATE media SET status = ?, duration = ?, modified_at = ? WHERE id = ? AND account = ?';

/** What every file has that a job writes. */
const OUTPUT = {
  origin: 'oss',
  description: '',
  tags: '',
  coverUrl: '',
  categoryId: undefined,
  referenceId: '',
} as const;

/** Media ids over the server's database. */
export class SqliteMediaStore implements MediaStore {
  readonly #statements: Statements;
  readonly #rows: MediaRows;
  readonly #turn: WriteTurn;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#statements = new Statements(db);
    this.#rows = new MediaRows(this.#statements);
    this.#turn = new WriteTurn(db);
    this.#clock = clock;
  }

  register(account: AccountId, registration: MediaRegistration): Promise<MediaEntry | MediaConflict> {
    return this.#turn.write(() => this.#register(account, registration));
  }

  reserve(account: AccountId, output: MediaOutput): Promise<MediaEntry> {
    const reserved = { status: 'Preparing', clientToken: '' } as const;
    const businessType = output.mediaType === 'text' ? ('subtitles' as const) : ('general' as const);
    const draft = { ...OUTPUT, businessType, ...output };
    return this.#turn.write(() => this.#rows.insert(account, draft, reserved, this.#clock.now()));
  }

  settle(account: AccountId, mediaId: string, outcome: MediaOutcome): Promise<boolean> {
    const duration = outcome.status === 'Normal' ? (outcome.duration ?? null) : null;
    return this.#turn.write(
      () => this.#statements.run(SETTLE, outcome.status, duration, this.#clock.now(), mediaId, account) > 0,
    );
  }

  async get(account: AccountId, name: MediaName): Promise<MediaEntry | undefined> {
    return guarded(() => this.#rows.find(account, name));
  }

  async list(account: AccountId, query: MediaQuery): Promise<MediaPage> {
    return guarded(() => listMedia(this.#statements, account, query));
  }

  delete(account: AccountId, names: readonly MediaName[]): Promise<readonly boolean[]> {
    return this.#turn.write(() => names.map((name) => this.#rows.delete(account, name)));
  }

  /** Ends the turn of the writes now. */
  flush(): void {
    this.#turn.flush();
  }

  /** Checks everything before it writes: what is refused has changed nothing. */
  #register(
    account: AccountId,
    { draft, status, overwrite, clientToken }: MediaRegistration,
  ): MediaEntry | MediaConflict {
    const again = this.#rows.ofToken(account, clientToken);
    if (again !== undefined) return isDraftOf(again, draft) ? again : { kind: 'token-used' };
    const address = { addresses: [draft.address] };
    const taken = this.#rows.find(account, address);
    if (taken !== undefined && !overwrite) return { kind: 'address-taken', mediaId: taken.mediaId };
    const holder = this.#rows.ofReference(account, draft.referenceId);
    if (holder !== undefined && holder.address !== draft.address) {
      return { kind: 'reference-taken', mediaId: holder.mediaId };
    }
    if (taken !== undefined) this.#rows.delete(account, address);
    return this.#rows.insert(account, draft, { status, clientToken }, this.#clock.now());
  }
}

function isDraftOf(entry: MediaEntry, draft: MediaDraft): boolean {
  return (Object.keys(draft) as (keyof MediaDraft)[]).every((key) => entry[key] === draft[key]);
}
