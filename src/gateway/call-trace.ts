import type { AuditEntry } from '../audit/audit-entry.ts';
import { callerName } from '../auth/caller-name.ts';
import type { Caller } from '../auth/caller.ts';
import type { AnswerObject, AnswerValue } from './operation.ts';

/** Parameters that say what was acted on. Their values are ids and names; every other value stays out of the log. */
const NAMING = [
  'JobId',
  'UserName',
  'NewUserName',
  'GroupName',
  'NewGroupName',
  'UserAccessKeyId',
  'PolicyName',
  'PolicyType',
  'VersionId',
  'RoleName',
  'RoleArn',
  'RoleSessionName',
] as const;

/** The beginnings of the actions that change nothing, as the service names its actions. */
const READING = /^(List|Get|Describe|Decode|Query)/;

/** What becomes known of a call on its way through the gateway; at its end, a line of the audit log. */
export class CallTrace {
  readonly requestId: string;
  #outcome = 'ok';
  readonly #source: string;
  #action = '';
  #caller: Caller | undefined;
  #claimedKeyId = '';
  #ids: Record<string, string> = {};

  /** @param source the client's address */
  constructor(requestId: string, source: string) {
    this.requestId = requestId;
    this.#source = source;
  }

  /** @param action as the request has it */
  asked(action: string, parameters: ReadonlyMap<string, string>, authorization = ''): void {
    this.#action = action;
    this.#claimedKeyId = parameters.get('AccessKeyId') ?? /Credential=([^,]*)/.exec(authorization)?.[1] ?? '';
    for (const name of NAMING) {
      const value = parameters.get(name);
      if (value !== undefined) this.#ids[name] = value;
    }
  }

  /** @param action of the operation, as policies name it: `ice:ListSmartJobs` */
  provenAs(caller: Caller, action: string): void {
    this.#caller = caller;
    this.#action = action;
  }

  /** What an operation made is known by its answer alone. */
  answered({ JobId, AccessKey }: AnswerObject): void {
    if (typeof JobId === 'string') this.#ids['JobId'] = JobId;
    const madeKey = isObject(AccessKey) ? AccessKey['AccessKeyId'] : undefined;
    if (typeof madeKey === 'string') this.#ids['UserAccessKeyId'] = madeKey;
  }

  /** @param code of the error that is answered */
  refused(code: string): void {
    this.#outcome = code;
  }

  /** A call that changed nothing and was not refused. */
  get isServedRead(): boolean {
    return this.#outcome === 'ok' && READING.test(this.#action.slice(this.#action.indexOf(':') + 1));
  }

  get entry(): AuditEntry {
    return {
      requestId: this.requestId,
      source: this.#source,
      account: this.#caller?.account ?? '',
      caller: this.#caller === undefined ? '' : callerName(this.#caller),
      accessKeyId: this.#caller?.accessKeyId ?? this.#claimedKeyId,
      action: this.#action,
      outcome: this.#outcome,
      ids: this.#ids,
    };
  }
}

function isObject(value: AnswerValue | undefined): value is AnswerObject {
  return typeof value === 'object' && !Array.isArray(value);
}
