import type { AccessKey, AccessKeys } from './access-key.ts';
import { equalInConstantTime } from './constant-time.ts';
import { TIMESTAMP_WINDOW_MS } from './timestamp.ts';

/** The object storage's own codes for a request whose sender is not proven. */
export type OssAuthErrorCode =
  'AccessDenied' | 'InvalidAccessKeyId' | 'InvalidArgument' | 'RequestTimeTooSkewed' | 'SignatureDoesNotMatch';

export type OssRefusal = {
  readonly kind: 'refused';
  readonly code: OssAuthErrorCode;
  readonly message: string;
  /** What the server computed the signature over, where that helps the caller. Holds no secret. */
  readonly stringToSign?: string;
};

export type OssVerdict = { readonly kind: 'verified'; readonly key: AccessKey } | OssRefusal;

export function refuseOss(code: OssAuthErrorCode, message: string): OssRefusal {
  return { kind: 'refused', code, message };
}

/** A claimed key id, a claimed signature, and how a secret would sign the same request. */
export type OssProof = {
  readonly keyId: string;
  readonly signature: string;
  readonly stringToSign: string;
  sign(secret: string): string;
};

const DECOY_SECRET = 'no-such-key-but-the-same-work-xx';

/** Looks the key up and compares. An unknown key costs the same work as a wrong signature. */
export async function proveOssKey(keys: AccessKeys, proof: OssProof): Promise<OssVerdict> {
  const { key } = await keys.find(proof.keyId);
  const matches = equalInConstantTime(proof.sign(key?.secret ?? DECOY_SECRET), proof.signature);
  if (key === undefined) {
    return refuseOss('InvalidAccessKeyId', 'The OSS Access Key Id you provided does not exist in our records.');
  }
  if (key.status === 'Inactive') {
    return refuseOss(
      'InvalidAccessKeyId',
      'The OSS Access Key Id you provided is disabled. Enable it, or use another.',
    );
  }
  if (matches) {
    keys.used(key.id);
    return { kind: 'verified', key };
  }
  return {
    ...refuseOss(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your key and signing method, and that the bucket is addressed in the path (/bucket/key).',
    ),
    stringToSign: proof.stringToSign,
  };
}

/**
 * A header signature is good for 15 minutes each way.
 * @param time milliseconds since the epoch, undefined where the request's date was not readable
 */
export function checkOssSkew(time: number | undefined, now: number): OssRefusal | undefined {
  if (time === undefined) {
    return refuseOss('AccessDenied', 'OSS authentication requires a valid Date or x-oss-date header.');
  }
  if (Math.abs(time - now) <= TIMESTAMP_WINDOW_MS) return undefined;
  return refuseOss(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large: ' +
      `${Math.ceil(Math.abs(time - now) / 1000)} seconds, the limit is ${TIMESTAMP_WINDOW_MS / 1000}. ` +
      `The server's time is ${new Date(now).toISOString()}.`,
  );
}
