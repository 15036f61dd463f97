import { authorize } from '../auth/authorize.ts';
import type { Caller } from '../auth/caller.ts';
import type { OssRequest } from '../auth/oss-request.ts';
import type { PolicySource } from '../auth/policy-source.ts';
import type { ConditionContext } from '../auth/policy/condition-context.ts';
import { ossError, type OssError } from './oss-error.ts';

/** What a request does, in the words of the object storage's policies. HEAD reads, so it takes GetObject. */
export function ossAction({ method, key }: Pick<OssRequest, 'method' | 'key'>): `oss:${string}` {
  const verb = method === 'PUT' ? 'Put' : method === 'DELETE' ? 'Delete' : 'Get';
  return `oss:${verb}${key === '' ? 'Bucket' : 'Object'}`;
}

/** The refusal of a user whose policies do not allow the request; undefined where they do, and for the account itself. */
export async function refuseUnauthorized(
  request: OssRequest,
  caller: Caller,
  context: ConditionContext,
  policies: PolicySource,
): Promise<OssError | undefined> {
  const { bucket, key } = request;
  const action = ossAction(request);
  const resource = `acs:oss:*:${caller.account}:${key === '' ? bucket : `${bucket}/${key}`}`;
  const decision = await authorize(caller, { action, resource, context }, policies);
  if (decision.kind === 'allowed') return undefined;
  return ossError('AccessDenied', `No policy of the caller allows ${action} on ${resource}, or one denies it.`);
}
