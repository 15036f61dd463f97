import type { OssRequest } from '../auth/oss-request.ts';
import { bucketNameProblem } from '../objects/object-name.ts';
import type { ReadProblem } from '../objects/object-store.ts';
import { ossError, type OssError } from './oss-error.ts';

/** The object store's problems in the cloud's words. */
export function storeProblem(problem: ReadProblem, { bucket, key }: OssRequest): OssError {
  switch (problem.kind) {
    case 'invalid-name':
      return ossError(
        bucketNameProblem(bucket) === undefined ? 'InvalidObjectName' : 'InvalidBucketName',
        problem.message,
        { BucketName: bucket },
      );
    case 'no-such-bucket':
      return ossError('NoSuchBucket', 'The specified bucket does not exist.', { BucketName: bucket });
    case 'bucket-of-another-account':
      return ossError('AccessDenied', 'The bucket you access does not belong to you.', { BucketName: bucket });
    case 'no-such-key':
      return ossError('NoSuchKey', 'The specified key does not exist.', { Key: key });
  }
}
