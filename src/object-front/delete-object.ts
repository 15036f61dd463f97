import type { OssRequest } from '../auth/oss-request.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { FrontAnswer } from './front-answer.ts';
import { storeProblem } from './store-problem.ts';

/** DeleteObject. As in the cloud, an object that is not there is as good as deleted. */
export async function deleteObject(
  store: ObjectStore,
  account: AccountId,
  request: OssRequest,
): Promise<FrontAnswer> {
  const outcome = await store.remove(account, request.bucket, request.key);
  if (outcome.kind === 'removed' || outcome.kind === 'no-such-key') {
    return { kind: 'answer', status: 204, headers: {} };
  }
  return storeProblem(outcome, request);
}
