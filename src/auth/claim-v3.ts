import { refuse, type AuthRefusal } from './auth-error.ts';
import { parseAuthorizationHeader } from './authorization-header.ts';
import { equalInConstantTime } from './constant-time.ts';
import { ALGORITHMS_V3, canonicalRequestV3, isAlgorithmV3 } from './signature-v3.ts';
import { payloadHashV3, signV3, stringToSignV3, type AlgorithmV3 } from './signature-v3.ts';
import type { SignedClaim } from './signed-claim.ts';
import type { SignedRequest } from './signed-request.ts';

/** Scheme V3 is told by its Authorization header alone: clients of V1 send x-acs-action and x-acs-version too. */
export const AUTHORIZATION_V3_PREFIX = 'ACS3-';

/** The headers that change what a request means begin so; `host` must be signed beside them. */
const ALWAYS_SIGNED = 'x-acs-';

/** Headers that are credentials themselves and are masked in what a refusal shows. */
const TOKEN_HEADERS = ['x-acs-security-token', 'x-acs-bearer-token', 'x-acs-zero-trust-idtoken'];

/** Reads the signature headers of scheme V3. */
export function claimV3(request: SignedRequest, authorization: string): SignedClaim | AuthRefusal {
  const parsed = parseAuthorizationHeader(authorization);
  if (parsed.kind === 'refused') return parsed;
  const { headers } = request;
  const timestamp = headers['x-acs-date'];
  if (!timestamp) return refuseMissingHeader('x-acs-date');
  const nonce = headers['x-acs-signature-nonce'];
  if (!nonce) return refuseMissingHeader('x-acs-signature-nonce');
  const payloadHash = headers['x-acs-content-sha256'];
  if (!payloadHash) return refuseMissingHeader('x-acs-content-sha256');
  const { algorithm, accessKeyId, signedHeaders, signature } = parsed;
  if (!isAlgorithmV3(algorithm)) {
    const accepted = ALGORITHMS_V3.join(' and ');
    return refuse('InvalidSignatureMethod', `The Authorization header's algorithm is not served; use ${accepted}.`);
  }
  const unsigned = unsignedHeader(headers, signedHeaders);
  if (unsigned !== undefined) {
    const rule = 'Sign host and every x-acs-* header that is sent.';
    return refuse('IncompleteSignature', `The header ${unsigned} is not among SignedHeaders. ${rule}`);
  }
  return {
    kind: 'claim',
    accessKeyId,
    nonce,
    timestamp,
    timestampName: 'x-acs-date',
    securityToken: headers['x-acs-security-token'] ?? '',
    checkSignature: (secret) => checkSignature(request, signedHeaders, algorithm, secret, signature),
  };
}

function refuseMissingHeader(name: string): AuthRefusal {
  return refuse('MissingParameter', `The header ${name} is mandatory for this action.`);
}

/**
 * A header that must be signed and is not. No name is in `signedHeaders` twice, so equal counts mean that all are
 * signed: the usual request is checked without searching.
 */
function unsignedHeader(headers: SignedRequest['headers'], signedHeaders: readonly string[]): string | undefined {
  if (!signedHeaders.includes('host')) return 'host';
  let unsigned = 0;
  for (const name in headers) if (name.startsWith(ALWAYS_SIGNED)) unsigned += 1;
  for (const name of signedHeaders) if (name.startsWith(ALWAYS_SIGNED) && name in headers) unsigned -= 1;
  if (unsigned === 0) return undefined;
  return Object.keys(headers).find((name) => name.startsWith(ALWAYS_SIGNED) && !signedHeaders.includes(name));
}

function checkSignature(
  request: SignedRequest,
  signedHeaders: readonly string[],
  algorithm: AlgorithmV3,
  secret: string,
  signature: string,
): AuthRefusal | undefined {
  const payloadHash = payloadHashV3(algorithm, request.body);
  const canonicalRequest = canonicalRequestV3(request, signedHeaders, payloadHash);
  const stringToSign = stringToSignV3(algorithm, canonicalRequest);
  const matches = equalInConstantTime(signV3(algorithm, secret, stringToSign), signature);
  const sentHash = request.headers['x-acs-content-sha256'] ?? '';
  if (sentHash !== payloadHash) {
    return refuse(
      'ContentSHA256NotMatched',
      `x-acs-content-sha256 is not the hash of the body that arrived, which has ${request.body.length} bytes ` +
        `and the hash ${payloadHash} (lower-case hex).`,
    );
  }
  if (matches) return undefined;
  const shown = canonicalRequestV3(withoutTokens(request), signedHeaders, payloadHash);
  return refuse(
    'SignatureDoesNotMatch',
    'Specified signature is not matched with our calculation. ' +
      `server CanonicalRequest is [${shown}], server StringToSign is [${stringToSign}]`,
  );
}

function withoutTokens(request: SignedRequest): SignedRequest {
  const headers = { ...request.headers };
  for (const name of TOKEN_HEADERS) if (headers[name] !== undefined) headers[name] = '***';
  return { ...request, headers };
}
