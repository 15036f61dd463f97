import { afterEach, beforeEach } from 'vitest';
import { ManualClock, type Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { MediaDraft, MediaEntry } from '../../jobs/media-entry.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { MediaConflict, MediaQuery, MediaRegistration, MediaStore } from '../../jobs/media-store.ts';
import { ALICE, START } from './sample-jobs.ts';

/** Where a store keeps its data: empty at first, the same at each open. */
export type MediaHome = {
  open(clock: Clock): Promise<{ readonly media: MediaStore; readonly jobs: JobStore; close(): Promise<void> }>;
  remove(): Promise<void>;
};

export type MakeMediaHome = () => Promise<MediaHome>;

export const ALL: MediaQuery = { filter: {}, order: 'Desc', afterSequence: undefined, size: 100 };

/** Of a file of this name. */
export function mediaDraft(name: string, changes: Partial<MediaDraft> = {}): MediaDraft {
  return {
    inputUrl: `https://bucket.oss-cn-shanghai.aliyuncs.com/${name}`,
    address: `oss://bucket/${name}`,
    mediaType: 'video',
    businessType: 'general',
    origin: 'oss',
    title: `The film ${name}`,
    description: '',
    tags: 'red,blue',
    coverUrl: '',
    categoryId: undefined,
    referenceId: '',
    userData: '{"a":1}',
    ...changes,
  };
}

export function addressOf(name: string): { readonly addresses: readonly string[] } {
  return { addresses: [mediaDraft(name).address] };
}

/** A store of its own for each test. */
export class MediaFixture {
  readonly clock = new ManualClock(START);
  readonly #home: MediaHome;
  #opened: Awaited<ReturnType<MediaHome['open']>> | undefined;

  constructor(home: MediaHome) {
    this.#home = home;
  }

  /** Again: as a restart of the server does. */
  async open(): Promise<void> {
    await this.#opened?.close();
    this.#opened = await this.#home.open(this.clock);
  }

  get store(): MediaStore {
    return this.#open.media;
  }

  /** The jobs that lie beside the media. */
  get jobs(): JobStore {
    return this.#open.jobs;
  }

  get #open(): Awaited<ReturnType<MediaHome['open']>> {
    if (this.#opened === undefined) throw new Error('The store is not open.');
    return this.#opened;
  }

  async end(): Promise<void> {
    await this.#opened?.close();
    await this.#home.remove();
  }

  attempt(
    draft: MediaDraft,
    changes: Partial<MediaRegistration> = {},
    of: AccountId = ALICE,
  ): Promise<MediaEntry | MediaConflict> {
    return this.store.register(of, { draft, status: 'Normal', overwrite: false, clientToken: '', ...changes });
  }

  /** Registers where it must not be refused. */
  async register(...given: Parameters<MediaFixture['attempt']>): Promise<MediaEntry> {
    const outcome = await this.attempt(...given);
    if ('kind' in outcome) throw new Error(outcome.kind);
    return outcome;
  }

  /** What the list is of, by its titles. */
  async titles(changes: Partial<MediaQuery> = {}): Promise<string[]> {
    const { entries } = await this.store.list(ALICE, { ...ALL, ...changes });
    return entries.map(({ title }) => title.replace('The film ', ''));
  }
}

/** For the tests of the enclosing describe block. */
export function eachWithMedia(makeHome: MakeMediaHome): () => MediaFixture {
  let fixture: MediaFixture;
  beforeEach(async () => {
    fixture = new MediaFixture(await makeHome());
    await fixture.open();
  });
  afterEach(() => fixture.end());
  return () => fixture;
}
