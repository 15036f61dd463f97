import { refuse, refuseMissing, type AuthRefusal } from './auth-error.ts';
import { equalInConstantTime } from './constant-time.ts';
import { percentEncodeTwice } from './percent-encoding.ts';
import { isSignatureMethodV1, signV1, SIGNATURE_METHODS_V1, stringToSignV1 } from './signature-v1.ts';
import type { SignatureMethodV1 } from './signature-v1.ts';
import type { SignedClaim } from './signed-claim.ts';
import type { SignedRequest } from './signed-request.ts';

/** Reads the common parameters of scheme V1. They may stand in the query, in the form, or some in each. */
export function claimV1(request: SignedRequest): SignedClaim | AuthRefusal {
  const accessKeyId = parameter(request, 'AccessKeyId');
  if (accessKeyId === '') return refuseMissing('AccessKeyId');
  const signature = parameter(request, 'Signature');
  if (signature === '') {
    return refuse('IncompleteSignature', 'Signature is empty. Send the base64 of the HMAC over the parameters.');
  }
  const nonce = parameter(request, 'SignatureNonce');
  if (nonce === '') return refuseMissing('SignatureNonce');
  const timestamp = parameter(request, 'Timestamp');
  if (timestamp === '') return refuseMissing('Timestamp');
  const method = parameter(request, 'SignatureMethod');
  if (method === '') return refuseMissing('SignatureMethod');
  const version = parameter(request, 'SignatureVersion');
  if (version === '') return refuseMissing('SignatureVersion');
  const type = parameter(request, 'SignatureType');
  if (!isSignatureMethodV1(method) || type !== '') return refuseMethod();
  if (version !== '1.0') {
    return refuse('IncompleteSignature', 'SignatureVersion must be 1.0, the only version of this scheme.');
  }
  return {
    kind: 'claim',
    accessKeyId,
    nonce,
    timestamp,
    timestampName: 'Timestamp',
    securityToken: parameter(request, 'SecurityToken'),
    checkSignature: (secret) => checkSignature(request, method, secret, signature),
  };
}

function refuseMethod(): AuthRefusal {
  return refuse(
    'InvalidSignatureMethod',
    `SignatureMethod must be ${SIGNATURE_METHODS_V1.join(' or ')}, and SignatureType empty or left out.`,
  );
}

function checkSignature(
  request: SignedRequest,
  method: SignatureMethodV1,
  secret: string,
  signature: string,
): AuthRefusal | undefined {
  const stringToSign = stringToSignV1(request.method, request.query, request.form);
  if (equalInConstantTime(signV1(method, secret, stringToSign), signature)) return undefined;
  // The first-generation Python client splits this message at its colon and compares what follows with its own
  // string: one colon, and the string unchanged. It holds what the caller sent and nothing that is ours. Clients log
  // it, so a security token is left out all the same.
  const token = percentEncodeTwice(parameter(request, 'SecurityToken'));
  const shown = token === '' ? stringToSign : stringToSign.replaceAll(token, '***');
  return refuse(
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${shown}`,
  );
}

function parameter(request: SignedRequest, name: string): string {
  return request.query.get(name) ?? request.form.get(name) ?? '';
}
