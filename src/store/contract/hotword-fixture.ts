import { afterEach, beforeEach } from 'vitest';
import { ManualClock, type Clock } from '../../base/clock.ts';
import type { AccountId } from '../../jobs/account.ts';
import type { HotwordLibraries, HotwordLibraryQuery } from '../../jobs/hotword-libraries.ts';
import type { HotwordLibrary, HotwordLibraryDraft } from '../../jobs/hotword-library.ts';
import { ALICE, START } from './sample-jobs.ts';

type OpenedHotwords = { readonly hotwords: HotwordLibraries; close(): Promise<void> };

/** Where a store keeps its data: empty at first, the same at each open. */
export type HotwordHome = {
  open(clock: Clock): Promise<OpenedHotwords>;
  remove(): Promise<void>;
};

export type MakeHotwordHome = () => Promise<HotwordHome>;

export const LIBRARY: HotwordLibraryDraft = {
  name: 'People',
  description: 'of the novel',
  scenario: 'ASR',
  hotwords: [
    { text: 'Dashwood', weight: 3, language: 'en' },
    { text: '达什伍德', weight: -6, translations: [{ text: 'Dashwood', language: 'en' }] },
  ],
};

export const NEWEST_FIRST: HotwordLibraryQuery = {
  filter: {},
  order: 'Desc',
  start: { pageNumber: 1 },
  size: 10,
};

/** A store of its own for each test. */
export class HotwordFixture {
  readonly clock = new ManualClock(START);
  readonly #home: HotwordHome;
  #opened: OpenedHotwords | undefined;

  constructor(home: HotwordHome) {
    this.#home = home;
  }

  /** Again: as a restart of the server does. */
  async open(): Promise<void> {
    await this.#opened?.close();
    this.#opened = await this.#home.open(this.clock);
  }

  get store(): HotwordLibraries {
    if (this.#opened === undefined) throw new Error('The store is not open.');
    return this.#opened.hotwords;
  }

  /** A library where there is room for one. */
  async made(changes: Partial<HotwordLibraryDraft> = {}, account: AccountId = ALICE): Promise<HotwordLibrary> {
    const library = await this.store.create(account, { ...LIBRARY, ...changes });
    if ('kind' in library) throw new Error(library.kind);
    return library;
  }

  /** What a list shows. */
  async names(changes: Partial<HotwordLibraryQuery>): Promise<string[]> {
    const { libraries } = await this.store.list(ALICE, { ...NEWEST_FIRST, ...changes });
    return libraries.map(({ name }) => name);
  }

  async end(): Promise<void> {
    await this.#opened?.close();
    await this.#home.remove();
  }
}

/** For the tests of the enclosing describe block. */
export function eachWithHotwords(makeHome: MakeHotwordHome): () => HotwordFixture {
  let fixture: HotwordFixture;
  beforeEach(async () => {
    fixture = new HotwordFixture(await makeHome());
    await fixture.open();
  });
  afterEach(() => fixture.end());
  return () => fixture;
}
