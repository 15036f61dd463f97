import type { OssRequest } from '../auth/oss-request.ts';
import { ossError, type OssError } from './oss-error.ts';

const SIGNATURE_PARAMETERS = [
  ...['OSSAccessKeyId', 'Expires', 'Signature', 'x-oss-signature-version', 'x-oss-credential', 'x-oss-date'],
  ...['x-oss-expires', 'x-oss-additional-headers', 'x-oss-signature'],
];

/** Parameters of a GET that set a header of its answer, by that header's name. */
export const RESPONSE_PARAMETERS: Readonly<Record<string, string>> = {
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-content-type': 'content-type',
  'response-expires': 'expires',
};

const SERVED_PARAMETERS = new Set([...SIGNATURE_PARAMETERS, ...Object.keys(RESPONSE_PARAMETERS)]);

/** x-oss- headers that are honoured, or whose values ask for what is done anyway. */
const SERVED_HEADERS: Readonly<Record<string, readonly string[] | 'any'>> = {
  'x-oss-acl': ['private'],
  'x-oss-content-sha256': 'any',
  'x-oss-date': 'any',
  'x-oss-forbid-overwrite': ['true', 'false'],
  'x-oss-object-acl': ['private', 'default'],
  'x-oss-range-behavior': 'any',
  'x-oss-request-payer': 'any',
  'x-oss-storage-class': ['Standard'],
  'x-oss-user-agent': 'any',
};

/** `utf-8` is no encoding, yet samples of older clients send it. */
const PLAIN_ENCODINGS = new Set(['', 'identity', 'utf-8']);

const SERVED =
  'PutBucket, PutObject, GetObject (with Range), HeadObject and DeleteObject are served, signed, with the bucket in the path';

/** Nothing that a caller asks for is silently left out: what this server does not do, it says by name. */
export function refuseUnserved(request: OssRequest): OssError | undefined {
  const { method, bucket, key, query, headers } = request;
  const served = key === '' ? method === 'PUT' && bucket !== '' : ['PUT', 'GET', 'HEAD', 'DELETE'].includes(method);
  if (!served) return notImplemented(`${method} of ${whatIs(request)}`);
  for (const name of query.keys()) {
    if (!SERVED_PARAMETERS.has(name)) return notImplemented(`The parameter ${name}`);
  }
  for (const [name, value = ''] of Object.entries(headers)) {
    if (!name.startsWith('x-oss-')) continue;
    const values = Object.hasOwn(SERVED_HEADERS, name) ? SERVED_HEADERS[name] : [];
    if (values !== 'any' && values?.includes(value) !== true) return notImplemented(`The header ${name}: ${value}`);
  }
  const encoding = headers['content-encoding'] ?? '';
  if (!PLAIN_ENCODINGS.has(encoding.toLowerCase()))
    return notImplemented(`The header content-encoding: ${encoding}`);
  return undefined;
}

function whatIs({ bucket, key }: OssRequest): string {
  if (key !== '') return 'an object';
  return bucket === '' ? 'the service' : 'a bucket';
}

function notImplemented(what: string): OssError {
  return ossError('NotImplemented', `${what} is not served. ${SERVED}.`);
}
