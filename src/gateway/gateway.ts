import { randomUUID, type KeyObject } from 'node:crypto';
import type { AuditTrail } from '../audit/audit-entry.ts';
import type { AccessKeys } from '../auth/access-key.ts';
import { authenticate } from '../auth/authenticate.ts';
import { authorize } from '../auth/authorize.ts';
import { requestContext } from '../auth/request-context.ts';
import type { Caller } from '../auth/caller.ts';
import type { NonceMemory } from '../auth/nonce-memory.ts';
import type { ConditionContext } from '../auth/policy/condition-context.ts';
import type { PolicySource } from '../auth/policy-source.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { StoreUnavailable } from '../jobs/store-unavailable.ts';
import { answerFormat } from './answer-format.ts';
import { refuse, type Refusal } from './api-error.ts';
import { CallTrace } from './call-trace.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import type { Answer, AnyOperation } from './operation.ts';
import { OperationDirectory } from './operation-directory.ts';
import { resourcesOf } from './operation-resources.ts';
import { readParameters } from './read-parameters.ts';
import { readRequest, type RpcRequest } from './read-request.ts';
import { refusePermission } from './refuse-permission.ts';
import { renderAnswer, renderRefusal, type Envelope } from './render-answer.ts';
import type { Throttle } from './throttle.ts';

export type GatewayParts<Services> = {
  readonly operations: readonly AnyOperation<Services>[];
  readonly services: Services;
  readonly keys: AccessKeys;
  readonly nonces: NonceMemory;
  readonly policies: PolicySource;
  /** Opens the tokens of role sessions. */
  readonly tokenKey: KeyObject;
  /** Seals what a refusal of permission has to say. */
  readonly diagnosticKey: KeyObject;
  readonly clock: Clock;
  readonly log: Logger;
  /** Absent where the operator set no rates. */
  readonly throttle?: Throttle | undefined;
  /** Is told of calls that change something, of refused ones, and of served reads where it wants those. */
  readonly audit?: { readonly trail: AuditTrail; readonly reads: boolean } | undefined;
};

type Served<Services> = { readonly operation: AnyOperation<Services>; readonly answer: Answer };

/** The RPC envelope: what happens to a request, from its first byte to the last of its answer, in this order. */
export class Gateway<Services> {
  readonly #parts: GatewayParts<Services>;
  readonly #operations: OperationDirectory<Services>;

  constructor(parts: GatewayParts<Services>) {
    this.#parts = parts;
    this.#operations = new OperationDirectory(parts.operations);
  }

  /** Answers any request; never throws. */
  async answer(http: HttpRequest): Promise<HttpAnswer> {
    const trace = new CallTrace(newRequestId(), http.remoteAddress);
    const answered = await this.#answer(http, trace);
    const { audit } = this.#parts;
    if (audit !== undefined && (audit.reads || !trace.isServedRead)) audit.trail.record(trace.entry);
    return answered;
  }

  async #answer(http: HttpRequest, trace: CallTrace): Promise<HttpAnswer> {
    const envelope = { requestId: trace.requestId, host: http.headers.host ?? '', format: 'JSON' as const };
    const request = readRequest(http);
    if (request.kind === 'refused') return refused(trace, envelope, request);
    trace.asked(request.action, request.parameters, http.headers.authorization);
    const format = answerFormat(request.parameters, http.headers);
    if (typeof format === 'object') return refused(trace, envelope, format);
    const rendered = { ...envelope, format };
    try {
      const outcome = await this.#serve(http, request, trace);
      if ('kind' in outcome) return refused(trace, rendered, outcome);
      const { operation, answer } = outcome;
      trace.answered(answer.fields);
      return renderAnswer(rendered, operation.action, answer.fields, operation.xmlItems);
    } catch (error) {
      return refused(trace, rendered, this.#fault(error, request.action, envelope.requestId));
    }
  }

  /** The same envelope for what fails before a request can be read: a body over its limit, broken HTTP. */
  refuse(refusal: Refusal, host: string): HttpAnswer {
    return renderRefusal({ requestId: newRequestId(), host, format: 'JSON' }, refusal);
  }

  async #serve(http: HttpRequest, request: RpcRequest, trace: CallTrace): Promise<Served<Services> | Refusal> {
    const operation = this.#operations.find(request); // Action and Version
    if ('kind' in operation) return operation;
    const { clock, services, throttle } = this.#parts;
    const identity = await authenticate(request.signed, this.#parts); // who is it?
    if (identity.kind === 'refused') return identity;
    const { caller } = identity;
    trace.provenAs(caller, operation.ramAction);
    const context = requestContext(http, caller, clock.now());
    const forbidden = await this.#forbidden(operation, caller, request, context); // may they?
    if (forbidden !== undefined) return forbidden;
    const throttled = throttle?.refusal(caller.account, operation.action); // not too often?
    if (throttled !== undefined) return throttled;
    const read = readParameters(operation.parameters, request.parameters); // what do they want?
    if (read.kind === 'refused') return read;
    const call = { caller, values: read.values as never, context };
    const outcome = await operation.handle(call, services); // do it
    return outcome.kind === 'refused' ? outcome : { operation, answer: outcome };
  }

  /** The caller must be allowed the action on each of its resources. */
  async #forbidden(
    { ramAction, resources, openToAll }: AnyOperation<Services>,
    caller: Caller,
    { parameters }: RpcRequest,
    context: ConditionContext,
  ): Promise<Refusal | undefined> {
    const { policies, diagnosticKey } = this.#parts;
    for (const resource of resourcesOf(resources, caller, parameters)) {
      const decision = await authorize(caller, { action: ramAction, resource, context }, policies);
      if (decision.kind === 'allowed') continue;
      if (openToAll === true && decision.denial.verdict.type === 'ImplicitDeny') continue;
      return refusePermission(decision.denial, diagnosticKey);
    }
    return undefined;
  }

  #fault(error: unknown, action: string, requestId: string): Refusal {
    this.#parts.log.error({ err: error, action, requestId }, 'request failed');
    if (error instanceof StoreUnavailable) return refuse('ServiceUnavailable', error.message);
    return refuse(
      'InternalError',
      'The request failed for a fault of this server. Its log has more under this RequestId.',
    );
  }
}

function refused(trace: CallTrace, envelope: Envelope, refusal: Refusal): HttpAnswer {
  trace.refused(refusal.code);
  return renderRefusal(envelope, refusal);
}

function newRequestId(): string {
  return randomUUID().toUpperCase();
}
