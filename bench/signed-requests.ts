import { randomUUID } from 'node:crypto';
import { wireTime } from '../src/base/wire-time.ts';
import { signV1, stringToSignV1 } from '../src/auth/signature-v1.ts';
import { authorizationV3, payloadHashV3 } from '../src/auth/signature-v3.ts';

/*
 * Requests as the bytes that go over the wire, signed beforehand: what signing costs is not the server's to pay.
 */

export type Key = { readonly id: string; readonly secret: string };
type Parameters = Readonly<Record<string, string>>;

const ACTION = 'ListSmartJobs';
const VERSION = '2020-11-09';
/** Of the length that the official clients' own has. */
const USER_AGENT = 'AlibabaCloud (linux; x64) Node.js/v20.20.2 Core/1.0.1 TeaDSL/2 config/1';
const NO_BODY = Buffer.alloc(0);

/** Scheme V3 as the current clients send it: POST, parameters in the query, the signature in headers. */
export function requestV3(key: Key, host: string, parameters: Parameters): string {
  const query = new Map(Object.entries(parameters));
  const headers = {
    accept: 'application/json',
    host,
    'user-agent': USER_AGENT,
    'x-acs-action': ACTION,
    'x-acs-content-sha256': payloadHashV3('ACS3-HMAC-SHA256', NO_BODY),
    'x-acs-date': wireTime(Date.now()),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': VERSION,
  };
  const signed = {
    method: 'POST',
    path: '/',
    headers,
    query,
    form: new Map<string, string>(),
    body: NO_BODY,
  } as const;
  const authorization = authorizationV3(signed, key);
  return wire('POST', target('/', query), { ...headers, authorization, 'content-length': '0' });
}

/** Scheme V1 as the clients of the first generation send it: GET, everything in the query. */
export function requestV1(key: Key, host: string, parameters: Parameters): string {
  const headers = { host, accept: 'application/json', 'user-agent': USER_AGENT };
  return wire('GET', targetV1(key, { Action: ACTION, ...parameters }), headers);
}

/** Path and query of a GET of scheme V1. */
export function targetV1(key: Key, parameters: Parameters): string {
  const query = new Map(
    Object.entries({
      AccessKeyId: key.id,
      Format: 'JSON',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: randomUUID(),
      SignatureVersion: '1.0',
      Timestamp: wireTime(Date.now()),
      Version: VERSION,
      ...parameters,
    }),
  );
  query.set('Signature', signV1('HMAC-SHA1', key.secret, stringToSignV1('GET', query, new Map())));
  return target('/', query);
}

/** A request without a signature. */
export function plainRequest(path: string, host: string, parameters: Parameters): string {
  return wire('GET', target(path, new Map(Object.entries(parameters))), { host, accept: 'application/json' });
}

function target(path: string, query: ReadonlyMap<string, string>): string {
  return `${path}?${[...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

function wire(method: string, requestTarget: string, headers: Parameters): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${requestTarget} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
