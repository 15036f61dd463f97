import { randomBytes } from 'node:crypto';
import type { AccountId } from './account.ts';
import type { JobId } from './job-id.ts';
import type { JobFilter } from './job-query.ts';
import { sealPageToken, type PageTokenScope } from './page-token.ts';

/** Numbers from 0 up to, but not including, a limit. */
export type Pick = (limit: number) => number;

/** The same numbers for the same seed, so that a token which is wrongly accepted can be made again. */
export function seededPick(seed: number): Pick {
  let state = seed >>> 0;
  return (limit) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Changes of the other filters that make another list. */
const FILTER_CHANGES: readonly JobFilter[] = [
  { type: 'VideoTranslation' },
  { state: 'Failed' },
  { createdFrom: 1_700_000_000_000 },
  { createdBefore: 1_900_000_000_000 },
  { titleContains: 'x' },
  { ids: [] },
  { ids: ['0190000000007000a000000000000000' as JobId] },
];

/** Makes texts that look like tokens of a list and are none. Tests read all of them as NextToken. */
export class StrangeTokens {
  readonly #key: Buffer;
  readonly #scope: PageTokenScope;
  readonly #pick: Pick;
  readonly #valid: readonly string[];

  constructor(key: Buffer, scope: PageTokenScope, pick: Pick) {
    this.#key = key;
    this.#scope = scope;
    this.#pick = pick;
    this.#valid = Array.from({ length: 100 }, () => sealPageToken(key, scope, pick(2 ** 31)));
  }

  /** Never a valid token, and never empty. */
  next(): string {
    const one = sealPageToken(this.#key, this.#scope, this.#pick(2 ** 31));
    const other = this.#valid[this.#pick(this.#valid.length)] ?? '';
    const kinds = [
      () => this.#flipped(one),
      () => this.#cut(one),
      () => this.#extended(one, other),
      () => this.#respelled(one),
      () => this.#spliced(one, other),
      () => this.#ofAnotherList(),
      () => this.#madeUp(),
    ];
    const token = kinds[this.#pick(kinds.length)]?.() ?? '';
    return token === '' || token === one || this.#valid.includes(token) ? this.next() : token;
  }

  /** One bit to eight of them. */
  #flipped(token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    for (let flips = 1 + this.#pick(8); flips > 0; flips -= 1) {
      const at = this.#pick(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << this.#pick(8));
    }
    return bytes.toString('base64url');
  }

  #cut(token: string): string {
    const at = this.#pick(token.length);
    return this.#pick(2) === 0 ? token.slice(0, at) : token.slice(at + 1);
  }

  #extended(token: string, other: string): string {
    const more = [
      other,
      'A',
      '=',
      '==',
      '\n',
      ' ',
      '\u0000',
      '%00',
      randomBytes(1 + this.#pick(40)).toString('base64url'),
    ];
    const extra = more[this.#pick(more.length)] ?? '';
    return this.#pick(2) === 0 ? token + extra : extra + token;
  }

  /** The same bytes in another spelling; of those that have two, the other one. */
  #respelled(token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const spellings = [
      bytes.toString('base64'),
      bytes.toString('hex'),
      bytes.toString('latin1'),
      Buffer.from(token).toString('base64url'),
      token.toUpperCase(),
      token.toLowerCase(),
      encodeURIComponent(` ${token}`),
      token.replaceAll('A', '\u0410'),
      token.split('').join('\u200B'),
      JSON.stringify(token),
    ];
    return spellings[this.#pick(spellings.length)] ?? '';
  }

  /** The beginning of one and the end of the other; or nonce, position and tag of the two mixed. */
  #spliced(one: string, other: string): string {
    const [a, b] = [Buffer.from(one, 'base64url'), Buffer.from(other, 'base64url')];
    const [from, to] = [this.#pick(a.length), this.#pick(a.length)].toSorted((x, y) => x - y);
    return Buffer.concat([a.subarray(0, from), b.subarray(from, to), a.subarray(to)]).toString('base64url');
  }

  #ofAnotherList(): string {
    const { account, filter, order } = this.#scope;
    const change = FILTER_CHANGES[this.#pick(FILTER_CHANGES.length)];
    const lists: [Buffer, PageTokenScope][] = [
      [randomBytes(32), this.#scope],
      [this.#key, { account: String(Number(account) + 1) as AccountId, filter, order }],
      [this.#key, { account, filter: { ...filter, ...change }, order }],
      [this.#key, { account, filter, order: order === 'Asc' ? 'Desc' : 'Asc' }],
    ];
    const [key, scope] = lists[this.#pick(lists.length)] ?? [randomBytes(32), this.#scope];
    return sealPageToken(key, scope, this.#pick(2 ** 31));
  }

  #madeUp(): string {
    const texts = [
      randomBytes(36).toString('base64url'),
      randomBytes(this.#pick(60)).toString('utf8'),
      Buffer.alloc(36, this.#pick(256)).toString('base64url'),
      String(this.#pick(1000)),
      'null',
      '\uD800',
      'A'.repeat(this.#pick(5000)),
    ];
    return texts[this.#pick(texts.length)] ?? '';
  }
}
