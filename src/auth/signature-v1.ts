import { createHmac } from 'node:crypto';
import { percentEncodeTwice } from './percent-encoding.ts';

const HASHES = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' } as const;

/** HMAC-SHA1 is what nearly all clients send; the first-generation Python client offers HMAC-SHA256 too. */
export type SignatureMethodV1 = keyof typeof HASHES;

export const SIGNATURE_METHODS_V1 = Object.keys(HASHES) as readonly SignatureMethodV1[];

export function isSignatureMethodV1(text: string): text is SignatureMethodV1 {
  return Object.hasOwn(HASHES, text);
}

/**
 * The string that scheme V1 signs: all parameters but `Signature`, sorted by UTF-16 code unit, encoded once as
 * pairs and once more as a whole. Clients encode their URLs in ways that differ, hence decoded parameters. Where a
 * name has different values in query and form, both are signed: neither can be changed unnoticed.
 */
export function stringToSignV1(
  method: 'GET' | 'POST',
  query: ReadonlyMap<string, string>,
  form: ReadonlyMap<string, string>,
): string {
  let text = '';
  for (const name of sortedNames(query, form)) {
    if (name === 'Signature') continue;
    const encodedName = percentEncodeTwice(name);
    const inQuery = query.get(name);
    const inForm = form.get(name);
    if (inQuery !== undefined) text += `%26${encodedName}%3D${percentEncodeTwice(inQuery)}`;
    if (inForm !== undefined && inForm !== inQuery) text += `%26${encodedName}%3D${percentEncodeTwice(inForm)}`;
  }
  return `${method}&%2F&${text.slice('%26'.length)}`;
}

function sortedNames(query: ReadonlyMap<string, string>, form: ReadonlyMap<string, string>): string[] {
  const names = [...query.keys()];
  for (const name of form.keys()) if (!query.has(name)) names.push(name);
  return names.toSorted();
}

/** The value of the parameter `Signature`, in base64. */
export function signV1(method: SignatureMethodV1, secret: string, stringToSign: string): string {
  return createHmac(HASHES[method], `${secret}&`).update(stringToSign).digest('base64');
}
