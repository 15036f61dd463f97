import { refuse, type AuthRefusal } from './auth-error.ts';
import type { SignedRequest } from './signed-request.ts';

const REMEDY =
  'Sign the request with an access key: either the parameters AccessKeyId, SignatureMethod, SignatureVersion, ' +
  'SignatureNonce, Timestamp and Signature, or the header Authorization with ACS3-HMAC-SHA256.';

/** What to tell a request that bears a signature of neither scheme. */
export function refuseUnsigned(request: SignedRequest): AuthRefusal {
  if (bearsToken(request)) {
    return refuse('IncompleteSignature', `Bearer tokens are not accepted by this server. ${REMEDY}`);
  }
  if (request.headers.authorization !== undefined) {
    return refuse('IncompleteSignature', `The Authorization header is of a scheme that is not served. ${REMEDY}`);
  }
  if (request.query.has('AccessKeyId') || request.form.has('AccessKeyId')) {
    return refuse('IncompleteSignature', `There is an AccessKeyId, but no Signature. ${REMEDY}`);
  }
  return refuse('MissingAccessKeyId', `AccessKeyId is mandatory for this action. ${REMEDY}`);
}

function bearsToken({ headers, query, form }: SignedRequest): boolean {
  return (
    headers['x-acs-bearer-token'] !== undefined ||
    query.has('BearerToken') ||
    form.has('BearerToken') ||
    (query.get('SignatureType') ?? form.get('SignatureType')) === 'BEARERTOKEN'
  );
}
