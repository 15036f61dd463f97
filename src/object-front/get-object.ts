import type { OssRequest } from '../auth/oss-request.ts';
import type { AccountId } from '../jobs/account.ts';
import type { ObjectStore, OpenObject } from '../objects/object-store.ts';
import { readRange } from './byte-range.ts';
import { checkConditions, rangeApplies } from './conditions.ts';
import { contentHeaders } from './content-headers.ts';
import type { FrontAnswer } from './front-answer.ts';
import { ossError } from './oss-error.ts';
import { storeProblem } from './store-problem.ts';
import { RESPONSE_PARAMETERS } from './unserved.ts';

/** GetObject and HeadObject. */
export async function getObject(store: ObjectStore, account: AccountId, request: OssRequest): Promise<FrontAnswer> {
  const overrides: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(RESPONSE_PARAMETERS)) {
    const value = request.query.get(parameter) ?? '';
    if (!/^[\t\u0020-\u007e]*$/.test(value)) {
      return ossError('InvalidArgument', `The parameter ${parameter} must be printable ASCII.`);
    }
    if (value !== '') overrides[header] = value;
  }
  const found = await store.read(account, request.bucket, request.key);
  if (found.kind !== 'found') return storeProblem(found, request);
  const answer = contentAnswer(found.object, request, overrides);
  if (answer.kind === 'error' || answer.body === undefined) await found.object.close();
  return answer;
}

function contentAnswer(
  object: OpenObject,
  request: OssRequest,
  overrides: Readonly<Record<string, string>>,
): FrontAnswer {
  const { info } = object;
  const headers = contentHeaders(info, overrides);
  const condition = checkConditions(request.headers, info);
  if (condition === 'failed') {
    return ossError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold.');
  }
  if (condition === 'not-modified') return { kind: 'answer', status: 304, headers };
  if (request.method === 'HEAD') {
    return { kind: 'answer', status: 200, headers: { ...headers, 'content-length': String(info.size) } };
  }
  const standard = request.headers['x-oss-range-behavior'] === 'standard';
  const wanted = rangeApplies(request.headers, info) ? request.headers['range'] : undefined;
  const outcome = readRange(wanted, info.size, standard);
  if (outcome.kind === 'not-satisfiable') {
    return ossError('InvalidRange', `The requested range cannot be satisfied: the object has ${info.size} bytes.`);
  }
  if (outcome.kind === 'whole') {
    const whole = { ...headers, 'content-length': String(info.size) };
    return { kind: 'answer', status: 200, headers: whole, body: object.stream() };
  }
  const { start, end } = outcome.range;
  const part = {
    ...headers,
    'content-length': String(end - start + 1),
    'content-range': `bytes ${start}-${end}/${info.size}`,
  };
  return { kind: 'answer', status: 206, headers: part, body: object.stream(outcome.range) };
}
