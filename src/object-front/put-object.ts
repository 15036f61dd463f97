import type { OssRequest } from '../auth/oss-request.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { FrontAnswer } from './front-answer.ts';
import { ossError, type OssError } from './oss-error.ts';
import { storeProblem } from './store-problem.ts';

/** PutBucket. The body may ask for a storage class; there is one. */
export async function putBucket(store: ObjectStore, account: AccountId, request: OssRequest): Promise<FrontAnswer> {
  const outcome = await store.createBucket(account, request.bucket);
  switch (outcome.kind) {
    case 'created':
    case 'exists':
      return { kind: 'answer', status: 200, headers: { location: `/${request.bucket}` } };
    case 'bucket-of-another-account':
      return ossError(
        'BucketAlreadyExists',
        'The requested bucket name is not available: another account has it. Choose another name.',
        { BucketName: request.bucket },
      );
    default:
      return storeProblem(outcome, request);
  }
}

/** PutObject. A request that is refused by its headers is not asked for its body. */
export async function putObject(
  store: ObjectStore,
  account: AccountId,
  request: OssRequest,
  maxBytes: number,
  body: AsyncIterable<Uint8Array>,
): Promise<FrontAnswer> {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    return ossError('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (Number(headers['content-length']) > maxBytes) return tooLarge(maxBytes);
  const digest = headers['content-md5'] ?? '';
  const expectedEtag = digest === '' ? undefined : etagOf(digest);
  if (digest !== '' && expectedEtag === undefined) {
    return ossError('InvalidDigest', 'The Content-MD5 you specified is not the base64 form of 16 bytes.');
  }
  const contentType = headers['content-type'];
  if (!/^[\t\u0020-\u007e]*$/.test(contentType ?? '')) {
    return ossError('InvalidArgument', 'The header Content-Type must be printable ASCII.');
  }
  const outcome = await store.put(account, request.bucket, request.key, body, {
    maxBytes,
    ...(headers['content-length'] === undefined ? {} : { announcedBytes: Number(headers['content-length']) }),
    ...(contentType === undefined || contentType === '' ? {} : { contentType }),
    ...(expectedEtag === undefined ? {} : { expectedEtag }),
    ifAbsent: headers['x-oss-forbid-overwrite'] === 'true',
  });
  switch (outcome.kind) {
    case 'stored':
      return { kind: 'answer', status: 200, headers: storedHeaders(outcome.info.etag) };
    case 'too-large':
      return tooLarge(maxBytes);
    case 'quota-exceeded':
      return quotaExceeded(outcome.maxBytes);
    case 'digest-mismatch':
      return ossError('InvalidDigest', 'The Content-MD5 you specified did not match what we received.');
    case 'exists':
      return ossError(
        'FileAlreadyExists',
        'The object you specified already exists and can not be overwritten: x-oss-forbid-overwrite is true.',
      );
    case 'interrupted':
      return ossError('IncompleteBody', 'The body ended before its announced length.');
    default:
      return storeProblem(outcome, request);
  }
}

function storedHeaders(etag: string): Record<string, string> {
  return { etag: `"${etag}"`, 'content-md5': Buffer.from(etag, 'hex').toString('base64') };
}

function tooLarge(maxBytes: number): OssError {
  return ossError('EntityTooLarge', `Your proposed upload exceeds the maximum allowed size of ${maxBytes} bytes.`, {
    MaxSizeAllowed: String(maxBytes),
  });
}

function quotaExceeded(maxBytes: number): OssError {
  return ossError(
    'QuotaExceeded',
    `The objects of your account may have ${maxBytes} bytes together, and this one does not fit any more. ` +
      'Overwrite objects with smaller ones, or ask the operator for a higher quota.',
    { Quota: String(maxBytes) },
  );
}

/** The ETag that a Content-MD5 announces; undefined where it is none. */
function etagOf(contentMd5: string): string | undefined {
  const bytes = Buffer.from(contentMd5, 'base64');
  if (bytes.length !== 16 || bytes.toString('base64') !== contentMd5) return undefined;
  return bytes.toString('hex').toUpperCase();
}
