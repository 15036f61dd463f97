import { createHash, createHmac } from 'node:crypto';
import type { AccessKey, AccessKeys } from './access-key.ts';
import { canonicalHeaders, type OssRequest } from './oss-request.ts';
import { checkOssSkew, proveOssKey, refuseOss, type OssProof, type OssVerdict } from './oss-verdict.ts';
import { percentEncode } from './percent-encoding.ts';
import { TIMESTAMP_WINDOW_MS } from './timestamp.ts';

type SigningKey = Pick<AccessKey, 'id' | 'secret'>;

export const OSS_V4_ALGORITHM = 'OSS4-HMAC-SHA256';

/** Seven days: the longest life of a V4 URL, in seconds. */
const MAX_EXPIRES_S = 7 * 24 * 3600;

type Scope = {
  /** `yyyyMMddTHHmmssZ` */
  readonly time: string;
  readonly region: string;
  /** Lower case and sorted: signed headers beside content-type, content-md5 and x-oss-*, which always are. */
  readonly additionalHeaders: readonly string[];
};

function isAlwaysSigned(name: string): boolean {
  return name === 'content-type' || name === 'content-md5' || name.startsWith('x-oss-');
}

function ossV4StringToSign(request: OssRequest, scope: Scope): string {
  const uri = `/${request.bucket === '' ? '' : `${request.bucket}/`}${request.key}`;
  const query = [...request.query]
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const additional = new Set(scope.additionalHeaders);
  const canonicalRequest = [
    request.method,
    percentEncode(uri).replaceAll('%2F', '/'),
    query.join('&'),
    canonicalHeaders(request, (name) => isAlwaysSigned(name) || additional.has(name)),
    scope.additionalHeaders.join(';'),
    request.headers['x-oss-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  return `${OSS_V4_ALGORITHM}\n${scope.time}\n${scopeText(scope)}\n${hash}`;
}

function scopeText(scope: Scope): string {
  return `${scope.time.slice(0, 8)}/${scope.region}/oss/aliyun_v4_request`;
}

function sign(secret: string, scope: Scope, stringToSign: string): string {
  const parts = [scope.time.slice(0, 8), scope.region, 'oss', 'aliyun_v4_request'];
  const key = parts.reduce<string | Buffer>(
    (derived, part) => createHmac('sha256', derived).update(part).digest(),
    `aliyun_v4${secret}`,
  );
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

/** The Authorization header for a request that already has its x-oss-date and x-oss-content-sha256. */
export function ossV4Authorization(
  request: OssRequest,
  key: SigningKey,
  region: string,
  additionalHeaders: readonly string[] = [],
): string {
  const scope = { time: request.headers['x-oss-date'] ?? '', region, additionalHeaders };
  const signature = sign(key.secret, scope, ossV4StringToSign(request, scope));
  const additional = additionalHeaders.length === 0 ? '' : `AdditionalHeaders=${additionalHeaders.join(';')},`;
  return `${OSS_V4_ALGORITHM} Credential=${key.id}/${scopeText(scope)},${additional}Signature=${signature}`;
}

/**
 * The whole query of a signed URL, the request's own parameters included.
 * @param now milliseconds since the epoch
 * @param expiresIn seconds, 1 to 604800 (seven days)
 */
export function ossV4UrlQuery(
  request: OssRequest,
  key: SigningKey,
  scope: { region: string; now: number; expiresIn: number; additionalHeaders?: readonly string[] },
): Map<string, string> {
  const { region, additionalHeaders = [] } = scope;
  const signing = { time: ossV4Time(scope.now), region, additionalHeaders };
  const query = new Map(request.query);
  if (additionalHeaders.length > 0) query.set('x-oss-additional-headers', additionalHeaders.join(';'));
  query.set('x-oss-credential', `${key.id}/${scopeText(signing)}`);
  query.set('x-oss-date', signing.time);
  query.set('x-oss-expires', String(scope.expiresIn));
  query.set('x-oss-signature-version', OSS_V4_ALGORITHM);
  const stringToSign = ossV4StringToSign({ ...request, query }, signing);
  return query.set('x-oss-signature', sign(key.secret, signing, stringToSign));
}

/** `yyyyMMddTHHmmssZ` @param now milliseconds since the epoch */
export function ossV4Time(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

export async function verifyOssV4Header(request: OssRequest, keys: AccessKeys, now: number): Promise<OssVerdict> {
  const fields = authorizationFields(request.headers['authorization'] ?? '');
  const time = request.headers['x-oss-date'] ?? '';
  const skewed = checkOssSkew(parseOssV4Time(time), now);
  if (skewed !== undefined) return skewed;
  const payload = request.headers['x-oss-content-sha256'];
  if (payload !== 'UNSIGNED-PAYLOAD') {
    return refuseOss('InvalidArgument', 'The header x-oss-content-sha256 must be UNSIGNED-PAYLOAD.');
  }
  const proof = proofOf(request, time, {
    credential: fields.get('Credential') ?? '',
    additional: fields.get('AdditionalHeaders') ?? '',
    signature: fields.get('Signature') ?? '',
  });
  if (proof === undefined) {
    return refuseOss(
      'InvalidArgument',
      'Authorization header is invalid: expected Credential=<id>/<yyyyMMdd of x-oss-date>/<region>/oss/' +
        'aliyun_v4_request, optional AdditionalHeaders in sorted lower case, and Signature.',
    );
  }
  return proveOssKey(keys, proof);
}

export async function verifyOssV4Url(request: OssRequest, keys: AccessKeys, now: number): Promise<OssVerdict> {
  const time = request.query.get('x-oss-date') ?? '';
  const expires = request.query.get('x-oss-expires') ?? '';
  const proof = proofOf(request, time, {
    credential: request.query.get('x-oss-credential') ?? '',
    additional: request.query.get('x-oss-additional-headers') ?? '',
    signature: request.query.get('x-oss-signature') ?? '',
  });
  const signedAt = parseOssV4Time(time);
  if (proof === undefined || signedAt === undefined || !/^\d{1,6}$/.test(expires)) {
    return refuseOss(
      'InvalidArgument',
      'Query-string authentication requires x-oss-credential, x-oss-date, x-oss-expires and x-oss-signature.',
    );
  }
  if (Number(expires) < 1 || Number(expires) > MAX_EXPIRES_S) {
    return refuseOss('InvalidArgument', `x-oss-expires is ${expires}: expected 1 to ${MAX_EXPIRES_S} seconds.`);
  }
  if (signedAt + Number(expires) * 1000 < now) return refuseOss('AccessDenied', 'Request has expired.');
  if (signedAt - now > TIMESTAMP_WINDOW_MS) return refuseOss('AccessDenied', 'Request is not valid yet.');
  return proveOssKey(keys, proof);
}

type Claim = { readonly credential: string; readonly additional: string; readonly signature: string };

const CREDENTIAL = /^([^/]+)\/(\d{8})\/([A-Za-z0-9-]+)\/oss\/aliyun_v4_request$/;

/** Any region is accepted: it is part of what is signed, and this server stands in for all of them. */
function proofOf(request: OssRequest, time: string, claim: Claim): OssProof | undefined {
  const parts = CREDENTIAL.exec(claim.credential);
  if (parts === null || claim.signature === '' || !time.startsWith(parts[2] ?? '-')) return undefined;
  const additionalHeaders = claim.additional === '' ? [] : claim.additional.split(';');
  if (additionalHeaders.some((name) => request.headers[name] === undefined)) return undefined;
  const scope = { time, region: parts[3] ?? '', additionalHeaders };
  const stringToSign = ossV4StringToSign(request, scope);
  return {
    keyId: parts[1] ?? '',
    signature: claim.signature,
    stringToSign,
    sign: (secret) => sign(secret, scope, stringToSign),
  };
}

function authorizationFields(header: string): ReadonlyMap<string, string> {
  const list = header.slice(OSS_V4_ALGORITHM.length).split(',');
  return new Map(
    list.map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at).trim(), field.slice(at + 1).trim()] as const;
    }),
  );
}

function parseOssV4Time(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
