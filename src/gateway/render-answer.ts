import { statusOf, type Refusal } from './api-error.ts';
import type { AnswerFormat } from './answer-format.ts';
import type { HttpAnswer } from './http-message.ts';
import type { AnswerObject, AnswerValue } from './operation.ts';
import { StoredJson } from './stored-json.ts';
import { renderXml } from './render-xml.ts';

export type Envelope = {
  readonly format: AnswerFormat;
  readonly requestId: string;
  /** The host that the client called, as HostId of an error. */
  readonly host: string;
};

/** A successful answer: RequestId and the operation's fields; in XML under `<ActionResponse>`. */
export function renderAnswer(
  envelope: Envelope,
  action: string,
  fields: AnswerObject,
  xmlItems: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const document: AnswerObject = { RequestId: envelope.requestId, ...fields };
  const body =
    envelope.format === 'JSON' ? renderJson(document) : renderXml(`${action}Response`, document, xmlItems);
  return httpAnswer(200, envelope, body);
}

/** An error: the status for clients that look at it, Code and Message in the body for those that look there. */
export function renderRefusal(envelope: Envelope, refusal: Refusal): HttpAnswer {
  const document: AnswerObject = {
    RequestId: envelope.requestId,
    HostId: envelope.host,
    Code: refusal.code,
    Message: refusal.message,
    AccessDeniedDetail: refusal.accessDeniedDetail,
  };
  const body = envelope.format === 'JSON' ? renderJson(document) : renderXml('Error', document, {});
  const answer = httpAnswer(statusOf(refusal.code), envelope, body);
  if (refusal.retryAfterMs === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-acs-retry-after': String(refusal.retryAfterMs) } };
}

const CONTENT_TYPES = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' } as const;

function httpAnswer(status: number, { format, requestId }: Envelope, body: string): HttpAnswer {
  const headers = {
    'content-type': CONTENT_TYPES[format],
    'x-acs-request-id': requestId,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
  };
  return { status, headers, body };
}

function renderJson(value: AnswerValue): string {
  if (value instanceof StoredJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(renderJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members: string[] = [];
  for (const [name, member] of Object.entries(value as AnswerObject)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${renderJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
