import { createHmac } from 'node:crypto';
import { parseAccountId, type AccountId } from '../jobs/account.ts';
import type { AccessKey, AccessKeys } from './access-key.ts';
import type { OssRequest } from './oss-request.ts';
import { ossV4UrlQuery } from './oss-signature-v4.ts';
import { percentEncode } from './percent-encoding.ts';

/*
 * URLs that the server hands out are signed with a key of its own for each account, which follows from one secret of
 * the server and is written nowhere. So they tell nothing of anybody's access key, go on working when keys of the
 * account are changed, and the key can do nothing but what the server signs with it: reading one object for a while.
 */

const PREFIX = 'smartjobs-link-';

/** Seconds that such a URL works where none are asked for: enough to hear a recording to its end. */
const LIFE_SECONDS = 3600;

function linkKey(secret: Buffer, account: AccountId): AccessKey {
  return {
    id: PREFIX + account,
    secret: createHmac('sha256', secret).update(account).digest('base64url'),
    account,
    principal: { kind: 'root' },
    status: 'Active',
  };
}

/** The keys of a store, and beside them the ones that signed links are checked with. */
export function withLinkKeys(keys: AccessKeys, secret: Buffer): AccessKeys {
  return {
    async find(id) {
      const account = id.startsWith(PREFIX) ? parseAccountId(id.slice(PREFIX.length)) : undefined;
      return account === undefined ? keys.find(id) : { key: linkKey(secret, account) };
    },
    used: (id) => {
      if (!id.startsWith(PREFIX)) keys.used(id);
    },
  };
}

export type LinkSigner = {
  /** 32 random bytes of the server's own. */
  readonly secret: Buffer;
  readonly region: string;
  /** Where objects are reached from outside: `<base>/bucket/key`. */
  readonly base: string;
};

/**
 * A URL under which anybody reads the object for a while, in a browser too.
 * @param account whose bucket it is; of another one, the URL is refused when it is used
 * @param now milliseconds since the epoch
 * @param seconds 1 to 604800 (seven days); an hour where it is absent
 */
export function signedLink(
  { secret, region, base }: LinkSigner,
  account: AccountId,
  object: Pick<OssRequest, 'bucket' | 'key'>,
  now: number,
  seconds = LIFE_SECONDS,
): string {
  const request = { method: 'GET', ...object, query: new Map<string, string>(), headers: {} };
  const query = ossV4UrlQuery(request, linkKey(secret, account), { region, now, expiresIn: seconds });
  const path = percentEncode(`${object.bucket}/${object.key}`).replaceAll('%2F', '/');
  const search = [...query].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
  return `${base.replace(/\/$/, '')}/${path}?${search}`;
}
