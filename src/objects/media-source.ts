import type { AccountId } from '../jobs/account.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { parseObjectAddress, type ObjectAddress } from './object-address.ts';
import { shown } from './object-name.ts';
import type { ObjectStore } from './object-store.ts';
import { partAddress, type FoundAt, type PartAddress } from './part-address.ts';

/** What became of bringing an input into a local file. The messages are for the job's owner. */
export type MediaOutcome =
  | { readonly kind: 'fetched'; readonly path: string; readonly bytes: number; readonly at: FoundAt }
  | { readonly kind: 'not-found'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** `passing`: it may be otherwise a moment later. */
  | { readonly kind: 'failed'; readonly message: string; readonly passing?: true }
  | { readonly kind: 'too-large'; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string };

export type MediaLimits = {
  /** Bytes. */
  readonly maxBytes: number;
  /** Ends the fetch; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

export type MediaSource = {
  /**
   * Brings what the input names into a file at the path. Where the outcome is not `fetched`, no file is left.
   * @param input the caller's string, in any form that object-address.ts knows
   */
  fetch(account: AccountId, input: string, path: string, limits: MediaLimits): Promise<MediaOutcome>;
  /** What is to be fetched where a file that was found there names another one. */
  partOf(at: FoundAt, reference: string): PartAddress;
};

export type MediaSourceDeps = {
  readonly store: ObjectStore;
  readonly fetchUrl: GuardedFetch;
  /** The base URLs of this server's own objects, asked for at each fetch: ports are known only when it listens. */
  readonly ownUrls: () => readonly string[];
};

export function createMediaSource({ store, fetchUrl, ownUrls }: MediaSourceDeps): MediaSource {
  return {
    async fetch(account, input, path, limits) {
      const address = parseObjectAddress(input, ownUrls());
      switch (address.kind) {
        case 'invalid':
          return { kind: 'invalid', message: address.reason };
        case 'object':
          return fromStore(store, account, address, path, limits);
        case 'url':
          return fromUrl(fetchUrl, address.url, path, limits);
      }
    },
    partOf: (at, reference) => partAddress(at, reference, ownUrls()),
  };
}

type ObjectAt = Extract<ObjectAddress, { kind: 'object' }>;

async function fromStore(
  store: ObjectStore,
  account: AccountId,
  address: ObjectAt,
  path: string,
  limits: MediaLimits,
): Promise<MediaOutcome> {
  const { bucket, key, decodedKey } = address;
  const outcome = await store.fetchTo(account, bucket, key, path, limits);
  switch (outcome.kind) {
    case 'fetched':
      return { kind: 'fetched', path, bytes: outcome.bytes, at: { kind: 'object', bucket, key } };
    case 'too-large':
      return { kind: 'too-large', message: tooLarge(`oss://${bucket}/${key}`, limits.maxBytes) };
    case 'invalid-name':
      return { kind: 'invalid', message: outcome.message };
    case 'no-such-key':
      if (decodedKey !== undefined)
        return fromStore(store, account, { kind: 'object', bucket, key: decodedKey }, path, limits);
      return { kind: 'not-found', message: `There is no object "${shown(key)}" in the bucket "${bucket}".` };
    // A bucket of another account must not be told from a missing one.
    case 'no-such-bucket':
    case 'bucket-of-another-account':
      return { kind: 'not-found', message: `There is no bucket "${bucket}" in this account.` };
  }
}

async function fromUrl(
  fetchUrl: GuardedFetch,
  url: string,
  path: string,
  limits: MediaLimits,
): Promise<MediaOutcome> {
  const outcome = await fetchUrl(url, path, limits);
  switch (outcome.kind) {
    case 'fetched':
      return { kind: 'fetched', path, bytes: outcome.bytes, at: { kind: 'url', url: outcome.url } };
    case 'too-large':
      return { kind: 'too-large', message: tooLarge(withoutQuery(url), limits.maxBytes) };
    case 'refused':
      return { kind: 'refused', message: outcome.reason };
    case 'failed': {
      const missing = outcome.status === 404 || outcome.status === 410;
      return missing
        ? { kind: 'not-found', message: `There is nothing at ${withoutQuery(url)} (status ${outcome.status}).` }
        : { kind: 'failed', message: outcome.reason, ...(outcome.passing && { passing: true }) };
    }
  }
}

function tooLarge(what: string, maxBytes: number): string {
  return `${shown(what)} is larger than the limit of ${maxBytes} bytes.`;
}

/** The query of a signed URL is a secret. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return shown(`${origin}${pathname}`);
}
