import { randomUUID } from 'node:crypto';
import { request as sendRequest } from 'undici';
import { authorizationV3, payloadHashV3 } from '../auth/signature-v3.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { wireTime } from '../base/wire-time.ts';
import { PRODUCT_VERSIONS, type Product } from '../gateway/product.ts';
import type { Answers, ListAnswer } from './answers.ts';
import { unreachable, type CallError, type Unreachable } from './call-outcome.ts';
import type { Connection } from './connection.ts';

export type CallOutcome<Body> = { readonly kind: 'ok'; readonly body: Body } | CallError | Unreachable;

/** Parameters by their wire names; an undefined one is not sent. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** Milliseconds. No call of this API waits for a job, so an answer that takes longer is not coming. */
const ANSWER_TIMEOUT = 30_000;

/** Calls the RPC endpoint, signed with ACS3-HMAC-SHA256. */
export class RpcClient {
  readonly #connection: Pick<Connection, 'endpoint' | 'key'>;
  readonly #clock: Clock;

  constructor(connection: Pick<Connection, 'endpoint' | 'key'>, clock: Clock = systemClock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  call<Action extends keyof Answers>(
    action: Action,
    parameters: Parameters,
  ): Promise<CallOutcome<Answers[Action]>> {
    return this.callProduct('ice', action, parameters);
  }

  /** @returns the answer as it came: its type is the caller's to know */
  async callProduct<Body = Readonly<Record<string, unknown>>>(
    product: Product,
    action: string,
    parameters: Parameters,
  ): Promise<CallOutcome<Body>> {
    const url = new URL(this.#connection.endpoint);
    const body = Buffer.from(formOf(parameters));
    const headers = this.#headers(url, { action, version: PRODUCT_VERSIONS[product] }, body);
    try {
      const timeouts = { headersTimeout: ANSWER_TIMEOUT, bodyTimeout: ANSWER_TIMEOUT };
      const answer = await sendRequest(url, { method: 'POST', headers, body, ...timeouts });
      return readAnswer(answer.statusCode, await answer.body.text(), this.#connection.endpoint);
    } catch (error) {
      return unreachable(error, this.#connection.endpoint, 'SMARTJOBS_ENDPOINT');
    }
  }

  /**
   * Walks all pages by NextToken. Ends behind the last page, or with the first call that fails.
   * @param parameters of ListSmartJobs, without PageNo and PageSize
   */
  async *listPages(parameters: Parameters): AsyncGenerator<CallOutcome<ListAnswer>, void, undefined> {
    let token: string | undefined;
    do {
      const page = await this.call('ListSmartJobs', { ...parameters, NextToken: token });
      yield page;
      token = page.kind === 'ok' ? page.body.NextToken : '';
    } while (token !== '');
  }

  /** The parameters go into the body, not into the query: UserData alone may be longer than a request line. */
  #headers(
    url: URL,
    { action, version }: { readonly action: string; readonly version: string },
    body: Buffer,
  ): Record<string, string> {
    const headers = {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-action': action,
      'x-acs-version': version,
      'x-acs-date': wireTime(this.#clock.now()),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-content-sha256': payloadHashV3('ACS3-HMAC-SHA256', body),
    };
    const none: ReadonlyMap<string, string> = new Map();
    const signed = { method: 'POST', path: url.pathname, headers, query: none, form: none, body } as const;
    return { ...headers, authorization: authorizationV3(signed, this.#connection.key), accept: 'application/json' };
  }
}

function formOf(parameters: Parameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.set(name, value);
  return form.toString();
}

type ErrorBody = {
  readonly Code?: unknown;
  readonly Message?: unknown;
  readonly RequestId?: unknown;
  readonly AccessDeniedDetail?: { readonly EncodedDiagnosticMessage?: unknown };
};

function readAnswer<Body>(status: number, text: string, endpoint: string): CallOutcome<Body> {
  const document = parseJson(text);
  if (document === undefined) {
    const message = `${endpoint} answered HTTP ${status} with what is no answer of this API: is SMARTJOBS_ENDPOINT right?`;
    return { kind: 'unreachable', message };
  }
  if (status < 400) return { kind: 'ok', body: document as Body };
  const { Code, Message, RequestId, AccessDeniedDetail: detail } = document as ErrorBody;
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  const requestId = textOf(RequestId);
  const error = { code: textOf(Code) || `HTTP${status}`, message: textOf(Message), requestId, status };
  const diagnosticMessage = textOf(detail?.EncodedDiagnosticMessage);
  return diagnosticMessage === '' ? { kind: 'error', ...error } : { kind: 'error', ...error, diagnosticMessage };
}

/** Every answer of the API is an object with a RequestId; anything else comes from somebody in between. */
function parseJson(text: string): object | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const isAnswer = typeof document === 'object' && document !== null && 'RequestId' in document;
    return isAnswer ? document : undefined;
  } catch {
    return undefined;
  }
}
