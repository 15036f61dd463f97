import { createHmac } from 'node:crypto';
import type { AccessKey, AccessKeys } from './access-key.ts';
import { canonicalHeaders, type OssRequest } from './oss-request.ts';
import { checkOssSkew, proveOssKey, refuseOss, type OssVerdict } from './oss-verdict.ts';

type SigningKey = Pick<AccessKey, 'id' | 'secret'>;

/**
 * The query parameters that V1 signs; all others stay unsigned. The union of the reference's list and of what the
 * official clients sign, so that an unserved sub-resource is refused by its name and not as a wrong signature.
 */
const SIGNED_PARAMETERS = new Set(
  (
    'accessmonitor acl append asyncFetch bucketInfo callback callback-var cloudboxes cname comp ' +
    'continuation-token cors delete encryption endTime img inventory inventoryId lifecycle live location logging ' +
    'metaQuery objectMeta partNumber policy policyStatus position publicAccessBlock qos qosInfo referer ' +
    'regionList replication replicationLocation replicationProgress requestPayment resourceGroup ' +
    'response-cache-control response-content-disposition response-content-encoding response-content-language ' +
    'response-content-type response-expires restore security-token sequential startTime stat status style ' +
    'styleName symlink tagging transferAcceleration uploadId uploads versionId versioning versions vod website ' +
    'worm wormExtend wormId'
  ).split(' '),
);

/** @param date the Date line: an HTTP date for headers, the seconds of Expires for a URL */
export function ossV1StringToSign(request: OssRequest, date: string): string {
  const { headers } = request;
  const signed = [...request.query]
    .filter(([name]) => SIGNED_PARAMETERS.has(name) || name.startsWith('x-oss-'))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .toSorted();
  const resource = request.bucket === '' ? '/' : `/${request.bucket}/${request.key}`;
  return (
    `${request.method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${date}\n` +
    canonicalHeaders(request, (name) => name.startsWith('x-oss-')) +
    resource +
    (signed.length === 0 ? '' : `?${signed.join('&')}`)
  );
}

function sign(secret: string, stringToSign: string): string {
  return createHmac('sha1', secret).update(stringToSign).digest('base64');
}

/** The Authorization header for a request that already has its Date or x-oss-date. */
export function ossV1Authorization(request: OssRequest, key: SigningKey): string {
  return `OSS ${key.id}:${sign(key.secret, ossV1StringToSign(request, dateOf(request)))}`;
}

/**
 * The query of a signed URL, to be added to the request's own.
 * @param expires seconds since the epoch
 */
export function ossV1UrlQuery(request: OssRequest, key: SigningKey, expires: number): Map<string, string> {
  const signature = sign(key.secret, ossV1StringToSign(request, String(expires)));
  return new Map([
    ['OSSAccessKeyId', key.id],
    ['Expires', String(expires)],
    ['Signature', signature],
  ]);
}

const AUTHORIZATION = /^OSS ([^:\s]+):([A-Za-z0-9+/=]+)$/;

export async function verifyOssV1Header(request: OssRequest, keys: AccessKeys, now: number): Promise<OssVerdict> {
  const parts = AUTHORIZATION.exec(request.headers['authorization'] ?? '');
  if (parts === null) {
    return refuseOss(
      'InvalidArgument',
      'Authorization header is invalid: expected "OSS <AccessKeyId>:<signature>".',
    );
  }
  const skewed = checkOssSkew(parseHttpDate(dateOf(request)), now);
  if (skewed !== undefined) return skewed;
  const [, keyId = '', signature = ''] = parts;
  const stringToSign = ossV1StringToSign(request, dateOf(request));
  return proveOssKey(keys, { keyId, signature, stringToSign, sign: (secret) => sign(secret, stringToSign) });
}

export async function verifyOssV1Url(request: OssRequest, keys: AccessKeys, now: number): Promise<OssVerdict> {
  const keyId = request.query.get('OSSAccessKeyId') ?? '';
  const expires = request.query.get('Expires') ?? '';
  const signature = request.query.get('Signature') ?? '';
  if (keyId === '' || signature === '' || !/^\d{1,12}$/.test(expires)) {
    return refuseOss('AccessDenied', 'Query-string authentication requires OSSAccessKeyId, Expires and Signature.');
  }
  if (Number(expires) * 1000 < now) return refuseOss('AccessDenied', 'Request has expired.');
  const stringToSign = ossV1StringToSign(request, expires);
  return proveOssKey(keys, { keyId, signature, stringToSign, sign: (secret) => sign(secret, stringToSign) });
}

/** x-oss-date stands in for Date where a client cannot set that header. */
function dateOf(request: OssRequest): string {
  return request.headers['x-oss-date'] ?? request.headers['date'] ?? '';
}

function parseHttpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
