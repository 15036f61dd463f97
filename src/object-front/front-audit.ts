import type { AuditTrail } from '../audit/audit-entry.ts';
import { callerName } from '../auth/caller-name.ts';
import type { Caller } from '../auth/caller.ts';
import type { OssRequest } from '../auth/oss-request.ts';
import { ossAction } from './authorize-object.ts';
import type { FrontAnswer } from './front-answer.ts';
import type { FrontOrigin } from './front-origin.ts';

/** Is told of puts and deletes, of refused requests, and of served reads where it wants those. */
export type FrontAudit = { readonly trail: AuditTrail; readonly reads: boolean };

/** What becomes known of a request on its way; filled in by the steps. */
export type RequestTrace = { request?: OssRequest; caller?: Caller };

export function recordRequest(
  { trail, reads }: FrontAudit,
  requestId: string,
  { method, origin }: { readonly method: string | undefined; readonly origin: FrontOrigin },
  { request, caller }: RequestTrace,
  answer: FrontAnswer,
): void {
  const outcome = answer.kind === 'error' ? answer.code : 'ok';
  if (outcome === 'ok' && method !== 'PUT' && method !== 'DELETE' && !reads) return;
  const { bucket = '', key = '' } = request ?? {};
  trail.record({
    requestId,
    source: origin.kind === 'origin' ? origin.address : '',
    account: caller?.account ?? '',
    caller: caller === undefined ? '' : callerName(caller),
    accessKeyId: caller?.accessKeyId ?? '',
    action: ossAction({ method: method ?? '', key }),
    outcome,
    ids: { ...(bucket === '' ? {} : { Bucket: bucket }), ...(key === '' ? {} : { Key: key }) },
  });
}
