import { createHmac, hash } from 'node:crypto';
import { percentEncode } from './percent-encoding.ts';
import type { SignedRequest } from './signed-request.ts';

const HASHES = { 'ACS3-HMAC-SHA256': 'sha256', 'ACS3-HMAC-SM3': 'sm3' } as const;

export type AlgorithmV3 = keyof typeof HASHES;

export const ALGORITHMS_V3 = Object.keys(HASHES) as readonly AlgorithmV3[];

export function isAlgorithmV3(text: string): text is AlgorithmV3 {
  return Object.hasOwn(HASHES, text);
}

/** The value of `x-acs-content-sha256`, a name that stays when the algorithm is SM3: lower-case hex. */
export function payloadHashV3(algorithm: AlgorithmV3, body: Buffer): string {
  return hash(HASHES[algorithm], body);
}

/**
 * The request in the form that scheme V3 hashes. A header that is named as signed and missing counts as empty.
 * @param signedHeaders lower-case names, sorted
 */
export function canonicalRequestV3(
  request: SignedRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  let headers = '';
  for (const name of signedHeaders) headers += `${name}:${headerText(request, name)}\n`;
  const query = canonicalQuery(request.query);
  return `${request.method}\n${request.path}\n${query}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

/** The type check is for names such as `constructor`, which an object of headers inherits. */
function headerText(request: SignedRequest, name: string): string {
  const value: unknown = request.headers[name];
  return typeof value === 'string' ? value.trim() : '';
}

function canonicalQuery(query: ReadonlyMap<string, string>): string {
  let text = '';
  for (const name of [...query.keys()].toSorted()) {
    text += `&${percentEncode(name)}=${percentEncode(query.get(name) ?? '')}`;
  }
  return text.slice('&'.length);
}

export function stringToSignV3(algorithm: AlgorithmV3, canonicalRequest: string): string {
  return `${algorithm}\n${hash(HASHES[algorithm], canonicalRequest)}`;
}

/** The signature in lower-case hex. The secret is used as it is, without the `&` of scheme V1. */
export function signV3(algorithm: AlgorithmV3, secret: string, stringToSign: string): string {
  return createHmac(HASHES[algorithm], secret).update(stringToSign).digest('hex');
}

/**
 * The `Authorization` header for a request that has all its other headers already, `x-acs-content-sha256` among
 * them. Signs what the official clients sign: host, content-type and all of x-acs-*.
 */
export function authorizationV3(
  request: SignedRequest,
  key: { readonly id: string; readonly secret: string },
  algorithm: AlgorithmV3 = 'ACS3-HMAC-SHA256',
): string {
  const signedHeaders = Object.keys(request.headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .toSorted();
  const canonicalRequest = canonicalRequestV3(request, signedHeaders, payloadHashV3(algorithm, request.body));
  const signature = signV3(algorithm, key.secret, stringToSignV3(algorithm, canonicalRequest));
  return `${algorithm} Credential=${key.id},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`;
}
