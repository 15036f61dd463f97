import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { AccountId } from '../jobs/account.ts';
import { isReservedForOthers } from '../objects/reserved-bucket.ts';
import { alreadyThere } from '../pipelines/publish-output.ts';
import type { OperationServices } from './services.ts';

/** The object that a job is to write, and the fields of the call that name its bucket and itself. */
export type OutputObject = {
  readonly bucket: string;
  readonly key: string;
  readonly bucketField: string;
  readonly keyField: string;
};

/** What can be known before the job runs; it is looked at once more when the job writes. */
export async function refuseOutput(
  account: AccountId,
  { bucket, key, bucketField, keyField }: OutputObject,
  overwrite: boolean,
  objects: OperationServices['objects'],
): Promise<Refusal | undefined> {
  const present = await objects.head(account, bucket, key);
  if (isReservedForOthers(account, bucket) || present.kind === 'bucket-of-another-account') {
    return refuseValue(bucketField, bucket, 'a bucket of the account, or a name that is not taken');
  }
  if (present.kind !== 'found' || overwrite) return undefined;
  return refuse('InvalidParameter', `'${keyField}' is invalid. ${alreadyThere(bucket, key)}`);
}
