import type { AccountId } from '../jobs/account.ts';
import { AccountUse } from './account-use.ts';
import { KeyedQueue } from './keyed-queue.ts';
import type { ObjectStore, PutOptions, PutOutcome } from './object-store.ts';

export type StorageLimit = {
  /** Of all objects of an account together. */
  readonly maxBytes: number;
  /** What the account has stored, in all its buckets or in one; asked once for each account. */
  storedBytes(account: AccountId, bucket?: string): Promise<number>;
};

/** The store with a quota for each account: what is stored never goes above it, however many put at once. */
export function limitStorage(store: ObjectStore, limit: StorageLimit): ObjectStore {
  return new LimitedStore(store, limit);
}

class LimitedStore implements ObjectStore {
  readonly hasBucket: ObjectStore['hasBucket'];
  readonly head: ObjectStore['head'];
  readonly read: ObjectStore['read'];
  readonly fetchTo: ObjectStore['fetchTo'];
  readonly #store: ObjectStore;
  readonly #limit: StorageLimit;
  readonly #uses = new Map<AccountId, Promise<AccountUse>>();
  readonly #puts = new KeyedQueue();

  constructor(store: ObjectStore, limit: StorageLimit) {
    this.#store = store;
    this.#limit = limit;
    this.hasBucket = store.hasBucket.bind(store);
    this.head = store.head.bind(store);
    this.read = store.read.bind(store);
    this.fetchTo = store.fetchTo.bind(store);
  }

  /** A folder that was made by hand becomes a bucket with its files, and they count from then on. */
  async createBucket(account: AccountId, bucket: string): ReturnType<ObjectStore['createBucket']> {
    const use = await this.#useOf(account);
    const outcome = await this.#store.createBucket(account, bucket);
    if (outcome.kind === 'created') use.add(await this.#limit.storedBytes(account, bucket));
    return outcome;
  }

  async put(
    account: AccountId,
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: PutOptions = {},
  ): Promise<PutOutcome> {
    const use = await this.#useOf(account);
    // One after another where they write the same object, so that each knows what it overwrites.
    return this.#puts.run(JSON.stringify([account, bucket, key]), async () => {
      const present = await this.#store.head(account, bucket, key);
      const upload = use.begin(present.kind === 'found' ? present.info.size : 0, options.announcedBytes ?? 0);
      const exceeded = { kind: 'quota-exceeded', maxBytes: this.#limit.maxBytes } as const;
      if (upload.isRefused()) return exceeded;
      let outcome: PutOutcome | undefined;
      try {
        outcome = await this.#store.put(account, bucket, key, upload.counted(body), options);
        return upload.isRefused() ? exceeded : outcome;
      } finally {
        upload.end(outcome?.kind === 'stored' ? outcome.info.size : undefined);
      }
    });
  }

  async remove(account: AccountId, bucket: string, key: string): ReturnType<ObjectStore['remove']> {
    const use = await this.#useOf(account);
    return this.#puts.run(JSON.stringify([account, bucket, key]), async () => {
      const present = await this.#store.head(account, bucket, key);
      const outcome = await this.#store.remove(account, bucket, key);
      if (outcome.kind === 'removed' && present.kind === 'found') use.add(-present.info.size);
      return outcome;
    });
  }

  /** Measured by whoever comes first; the others wait for it. A measurement that failed is tried again. */
  #useOf(account: AccountId): Promise<AccountUse> {
    const known = this.#uses.get(account);
    if (known !== undefined) return known;
    const use = this.#limit.storedBytes(account).then((stored) => new AccountUse(stored, this.#limit.maxBytes));
    this.#uses.set(account, use);
    use.catch(() => this.#uses.delete(account));
    return use;
  }
}
