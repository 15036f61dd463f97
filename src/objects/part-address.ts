import { parseObjectAddress } from './object-address.ts';
import { shown } from './object-name.ts';

/** Where an input was found: the very object, or the URL behind all redirects. */
export type FoundAt =
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'url'; readonly url: string };

export type PartAddress =
  /** An input as a caller would write it. */
  { readonly kind: 'part'; readonly input: string } | { readonly kind: 'refused'; readonly reason: string };

const FORMS = 'http, https, or an address relative to the file';
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * What an address inside of a file means, relative to where the file was found. Who writes a file is not always who
 * submits it: a file of the internet names no objects, and an object names those of its own bucket alone. URLs are
 * still to be fetched through the guard.
 */
export function partAddress(at: FoundAt, reference: string, ownUrls: readonly string[]): PartAddress {
  return at.kind === 'url' ? besideUrl(at.url, reference, ownUrls) : besideObject(at, reference, ownUrls);
}

function besideUrl(base: string, reference: string, ownUrls: readonly string[]): PartAddress {
  if (!URL.canParse(reference, base)) return refused('is not valid');
  const { href, protocol } = new URL(reference, base);
  if (protocol !== 'http:' && protocol !== 'https:') return refused(`begins with ${shown(protocol)}: use ${FORMS}`);
  if (parseObjectAddress(href, ownUrls).kind === 'url') return { kind: 'part', input: href };
  return refused('is that of an object, which a file of the internet may not name');
}

type ObjectAt = Extract<FoundAt, { kind: 'object' }>;

function besideObject(at: ObjectAt, reference: string, ownUrls: readonly string[]): PartAddress {
  const whole = reference.startsWith('//') ? `https:${reference}` : reference;
  if (!SCHEME.test(whole)) return relativeToObject(at, reference);
  const address = parseObjectAddress(whole, ownUrls);
  if (address.kind === 'invalid') return refused(`is not one that is read from: use ${FORMS}`);
  if (address.kind === 'url') return { kind: 'part', input: address.url };
  if (address.bucket !== at.bucket) return refused(`lies in another bucket than "${at.bucket}"`);
  return { kind: 'part', input: whole };
}

/** A slash at the beginning stands for the bucket. Percent signs are left to the reader of `oss://` addresses. */
function relativeToObject({ bucket, key }: ObjectAt, reference: string): PartAddress {
  const path = reference.split(/[?#]/, 1)[0] ?? '';
  if (path === '') return { kind: 'part', input: `oss://${bucket}/${key}` };
  const names = path.startsWith('/') ? [] : key.split('/').slice(0, -1);
  for (const name of path.replace(/^\//, '').split('/')) {
    if (name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return refused(`leads out of the bucket "${bucket}"`);
  }
  return { kind: 'part', input: `oss://${bucket}/${names.join('/')}` };
}

/** It is not repeated: its query may be a secret. */
function refused(why: string): PartAddress {
  return { kind: 'refused', reason: `Its address ${why}.` };
}
