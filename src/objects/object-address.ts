import { bucketNameProblem, objectKeyProblem, shown } from './object-name.ts';

/** What an input of a job names. */
export type ObjectAddress =
  | {
      readonly kind: 'object';
      readonly bucket: string;
      readonly key: string;
      /**
       * The percent-decoded key of an `oss://` address, where that is another one. Callers build such addresses out
       * of the encoded path of a URL: it is meant when there is no object of the literal key.
       */
      readonly decodedKey?: string;
    }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'invalid'; readonly reason: string };

const BUCKET_HOST = /^([^.]+)\.oss-[a-z0-9-]+\.aliyuncs\.com$/i;
const FORMS = 'oss://bucket/key, https://bucket.oss-<region>.aliyuncs.com/key, or a public http or https URL';

/** Whether what an input names may be this object. */
export function mayBeObject(address: ObjectAddress | undefined, bucket: string, key: string): boolean {
  return address?.kind === 'object' && address.bucket === bucket && [address.key, address.decodedKey].includes(key);
}

/**
 * What the text names. All the ways to write one object come out the same: `oss://bucket/key`,
 * `oss://bucket.oss-<region>[-internal].aliyuncs.com/key`, the http(s) URL of that host, and this server's own
 * object URLs. Queries, such as those of signed URLs, are ignored.
 *
 * @param ownUrls the base URLs under which this server's objects are reached as `<base>/bucket/key`
 */
export function parseObjectAddress(text: string, ownUrls: readonly string[] = []): ObjectAddress {
  const oss = /^oss:\/\/([^/]*)(?:\/(.*))?$/is.exec(text);
  if (oss !== null) return ossAddress(oss[1] ?? '', oss[2] ?? '');
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return { kind: 'invalid', reason: `"${shown(text)}" is not an address that can be read: use ${FORMS}.` };
  }
  const url = new URL(text);
  const host = url.port === '' ? BUCKET_HOST.exec(url.hostname) : null;
  if (host !== null) return urlAddress(text, host[1] ?? '', url.pathname.slice(1));
  for (const base of ownUrls) {
    const path = pathBelow(base, url);
    if (path === undefined) continue;
    const slash = path.indexOf('/');
    return slash < 0 ? urlAddress(text, path, '') : urlAddress(text, path.slice(0, slash), path.slice(slash + 1));
  }
  return { kind: 'url', url: url.href };
}

function ossAddress(host: string, key: string): ObjectAddress {
  const bucket = BUCKET_HOST.exec(host)?.[1]?.toLowerCase() ?? host;
  const address = objectAddress(bucket, key);
  const decodedKey = percentDecoded(key);
  if (decodedKey === undefined || decodedKey === key || objectKeyProblem(decodedKey) !== undefined) return address;
  return address.kind === 'object' ? { ...address, decodedKey } : address;
}

function urlAddress(text: string, bucket: string, encodedKey: string): ObjectAddress {
  const key = percentDecoded(encodedKey);
  if (key !== undefined) return objectAddress(bucket, key);
  return { kind: 'invalid', reason: `The path of "${shown(text)}" is not percent-encoded UTF-8.` };
}

function objectAddress(bucket: string, key: string): ObjectAddress {
  const reason = bucketNameProblem(bucket) ?? objectKeyProblem(key);
  return reason === undefined ? { kind: 'object', bucket, key } : { kind: 'invalid', reason };
}

/** The encoded path of the URL below the base, without a leading slash; undefined where it is not below it. */
function pathBelow(base: string, url: URL): string | undefined {
  if (!URL.canParse(base)) return undefined;
  const { origin, pathname } = new URL(base);
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return origin === url.origin && url.pathname.startsWith(folder) ? url.pathname.slice(folder.length) : undefined;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
