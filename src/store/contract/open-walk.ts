import { randomBytes } from 'node:crypto';
import { assert } from 'vitest';
import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobFilter, JobOrder, PageStart } from '../../jobs/job-query.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import { openPageToken, sealPageToken } from '../../jobs/page-token.ts';
import type { ModelStore } from './model-store.ts';
import { listedIds } from './walks.ts';

const TOKEN_KEY = randomBytes(32);

export type WalkScope = { readonly account: AccountId; readonly filter: JobFilter; readonly order: JobOrder };

/** A walk by token over a list that changes meanwhile, and what it promises. */
export class OpenWalk {
  readonly #scope: WalkScope;
  readonly #size: number;
  readonly #seen: JobId[] = [];
  readonly #tokens = new Set<string>();
  /** The jobs that matched at every moment since the first page was read. */
  #constant: ReadonlySet<JobId> | undefined;
  #token = '';

  constructor(scope: WalkScope, size: number) {
    this.#scope = scope;
    this.#size = size;
  }

  /** Something changed in the store. */
  changed(model: ModelStore): void {
    if (this.#constant === undefined) return;
    const now = new Set(this.#matching(model));
    this.#constant = new Set([...this.#constant].filter((id) => now.has(id)));
  }

  /** Reads the next page. @returns whether it was the last one */
  async next(store: JobStore, model: ModelStore): Promise<boolean> {
    const { account, filter, order } = this.#scope;
    this.#constant ??= new Set(this.#matching(model));
    const page = await store.list(account, { filter, order, size: this.#size, start: this.#start() });
    const ids = listedIds([page]);
    const matching = this.#matching(model);
    const strangers = ids.filter((id) => !matching.includes(id));
    assert.deepEqual(strangers, [], 'only jobs that match are listed');
    this.#seen.push(...ids);
    if (page.lastSequence === undefined) {
      this.#expectWhole();
      return true;
    }
    assert.lengthOf(ids, this.#size, 'every page but the last is full');
    this.#token = sealPageToken(TOKEN_KEY, this.#scope, page.lastSequence);
    assert.isFalse(this.#tokens.has(this.#token), 'no token comes twice');
    this.#tokens.add(this.#token);
    return false;
  }

  #start(): PageStart {
    if (this.#token === '') return { pageNumber: 1 };
    return { afterSequence: openPageToken(TOKEN_KEY, this.#scope, this.#token) ?? Number.NaN };
  }

  #expectWhole(): void {
    const ordered = [...new Set(this.#seen)].toSorted();
    const expected = this.#scope.order === 'Asc' ? ordered : ordered.toReversed();
    assert.deepEqual(this.#seen, expected, 'each job is seen once, in order');
    const missed = [...(this.#constant ?? [])].filter((id) => !this.#seen.includes(id));
    assert.deepEqual(missed, [], 'every job that matched from the first page to the last is seen');
  }

  #matching(model: ModelStore): JobId[] {
    return model.matching(this.#scope.account, this.#scope.filter).map(({ id }) => id);
  }
}
