import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { AccessKeys } from '../auth/access-key.ts';
import { callerOf } from '../auth/caller.ts';
import type { PolicySource } from '../auth/policy-source.ts';
import { requestContext } from '../auth/request-context.ts';
import { verifyOssSignature } from '../auth/oss-signature.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';
import { renewCredentials, type TlsCredentials } from '../base/tls-credentials.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { refuseUnauthorized } from './authorize-object.ts';
import type { FrontAnswer } from './front-answer.ts';
import { recordRequest, type FrontAudit, type RequestTrace } from './front-audit.ts';
import { frontOrigin, type FrontOrigin, type OriginReader } from './front-origin.ts';
import { readRequest } from './front-request.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { errorXml, ossError, statusOf } from './oss-error.ts';
import { putBucket, putObject } from './put-object.ts';
import { refuseUnserved } from './unserved.ts';

export type ObjectFrontDeps = {
  readonly objects: ObjectStore;
  readonly keys: AccessKeys;
  readonly policies: PolicySource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit?: FrontAudit | undefined;
  /** Reads what trusted proxies say. Default: nobody is trusted. */
  readonly originOf?: OriginReader;
};

export type ObjectFrontOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Where it is there, the port speaks HTTPS only. */
  readonly tls?: TlsCredentials | undefined;
  /** The largest object. Default: 5 GiB, as PutObject has it in the cloud. */
  readonly maxObjectBytes?: number;
  /** Milliseconds for the headers of a request. Default: 10 s. */
  readonly headersTimeoutMs?: number;
  /** Milliseconds without a byte in either direction, after which a connection is cut. Default: 60 s. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds that a stop leaves to requests that are under way. Default: 3 s. */
  readonly stopGraceMs?: number;
};

export type ObjectFront = Service & {
  /** The port listened on, the one taken where 0 was asked for. */
  readonly port: number;
  /** Only for a front that was started with TLS. */
  renewTls(credentials: TlsCredentials): void;
};

type Settings = Required<Omit<ObjectFrontOptions, 'tls'>> & Pick<ObjectFrontOptions, 'tls'>;

const DEFAULTS: Omit<Settings, 'host' | 'port' | 'tls'> = {
  maxObjectBytes: 5 * 1024 ** 3,
  headersTimeoutMs: 10_000,
  idleTimeoutMs: 60_000,
  stopGraceMs: 3000,
};

/** The HTTP side of the object store, for official object-storage clients that address buckets in the path. */
export async function startObjectFront(deps: ObjectFrontDeps, options: ObjectFrontOptions): Promise<ObjectFront> {
  const settings = { ...DEFAULTS, ...options };
  const server = createHttpServer(settings);
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void serveRequest(deps, settings, server, request, response);
  };
  server.on('request', serve);
  // `Expect: 100-continue`: the body is asked for only when it is wanted.
  server.on('checkContinue', serve);
  const port = await listen(server, settings);
  let stopped: Promise<void> | undefined;
  return {
    port,
    renewTls: (credentials) => renewCredentials(server, credentials),
    stop: () => (stopped ??= stop(server, settings.stopGraceMs)),
  };
}

function createHttpServer({ headersTimeoutMs, idleTimeoutMs, tls }: Settings): Server {
  const options = {
    headersTimeout: headersTimeoutMs,
    // Uploads may take long as long as they move: the idle timeout ends those that do not.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
    keepAliveTimeout: 30_000,
  };
  const server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: headersTimeoutMs });
  server.setTimeout(idleTimeoutMs);
  return server;
}

async function serveRequest(
  deps: ObjectFrontDeps,
  settings: Settings,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // 24 upper-case hex digits, as the cloud's.
  const requestId = randomBytes(12).toString('hex').toUpperCase();
  const log = deps.log.child({ requestId });
  response.setHeader('x-oss-request-id', requestId);
  // Whatever was uploaded, and whatever type it was given, a browser must not take it for something else.
  response.setHeader('x-content-type-options', 'nosniff');
  // Scripts of any page may read what a signed URL lets everybody read; there are no cookies that it could lend them.
  if (hasSignedUrl(request)) response.setHeader('access-control-allow-origin', '*');
  const origin = frontOrigin(request, deps.originOf);
  if (origin.kind === 'origin' && origin.secure) {
    response.setHeader('strict-transport-security', 'max-age=31536000');
  }
  response.on('finish', () => {
    if (!server.listening) setImmediate(() => server.closeIdleConnections());
  });
  const trace: RequestTrace = {};
  let answer: FrontAnswer;
  try {
    answer = await answerTo(deps, settings, request, response, origin, trace);
  } catch (error) {
    log.error({ error }, 'object request failed');
    answer = ossError(
      'InternalError',
      'We encountered an internal error. Its log has the details under the RequestId.',
    );
  }
  if (deps.audit !== undefined)
    recordRequest(deps.audit, requestId, { method: request.method, origin }, trace, answer);
  const outcome = answer.kind === 'error' ? answer.code : answer.status;
  // The path only: a query may hold a signature.
  log.debug({ method: request.method, path: request.url?.split('?')[0], outcome }, 'object request');
  try {
    await send(answer, request, response, requestId);
  } catch (error) {
    log.debug({ error }, 'object answer was cut off');
  }
}

function hasSignedUrl({ method, url = '' }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && /[?&](x-oss-signature|Signature)=/.test(url);
}

/** One request, step by step: read it, prove who sent it, see that it is served, do it. */
async function answerTo(
  { objects, keys, policies, clock }: ObjectFrontDeps,
  settings: Settings,
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: FrontOrigin,
  trace: RequestTrace,
): Promise<FrontAnswer> {
  if (origin.kind === 'unclear') return ossError('InvalidArgument', origin.message);
  const read = readRequest(incoming.method ?? '', incoming.url ?? '', incoming.headers);
  if (read.kind === 'error') return read;
  const { request } = read;
  trace.request = request;
  const verdict = await verifyOssSignature(request, keys, clock.now());
  if (verdict.kind === 'refused') {
    const { code, message, stringToSign } = verdict;
    return ossError(code, message, stringToSign === undefined ? undefined : { StringToSign: stringToSign });
  }
  trace.caller = callerOf(verdict.key);
  const unserved = refuseUnserved(request);
  if (unserved !== undefined) return unserved;
  const { account } = trace.caller;
  const { address: remoteAddress, secure } = origin;
  const context = requestContext({ remoteAddress, secure }, trace.caller, clock.now());
  const forbidden = await refuseUnauthorized(request, trace.caller, context, policies);
  if (forbidden !== undefined) return forbidden;
  if (request.key === '') return putBucket(objects, account, request);
  if (request.method === 'DELETE') return deleteObject(objects, account, request);
  if (request.method !== 'PUT') return getObject(objects, account, request);
  const body = bodyOf(incoming, request.headers['expect'] === undefined ? undefined : response);
  return putObject(objects, account, request, settings.maxObjectBytes, body);
}

/**
 * The body of a request. To stop reading it does not cut the connection: the answer has yet to go out on it.
 * @param waiting the response to a client that waits to be asked for the body; asked at the first read
 */
async function* bodyOf(request: IncomingMessage, waiting?: ServerResponse): AsyncGenerator<Uint8Array> {
  waiting?.writeContinue();
  yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

async function send(
  answer: FrontAnswer,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (answer.kind === 'answer') {
    response.writeHead(answer.status, answer.headers);
    if (answer.body === undefined) response.end();
    else await pipeline(answer.body, response);
    return;
  }
  const xml = errorXml(answer, requestId, request.headers.host ?? '');
  response.writeHead(statusOf(answer.code), {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(xml),
    // The rest of a body that is too large is not worth reading.
    ...(answer.code === 'EntityTooLarge' || answer.code === 'QuotaExceeded' ? { connection: 'close' } : {}),
    // The answer to HEAD has no body: clients find the error here.
    ...(request.method === 'HEAD' ? { 'x-oss-err': Buffer.from(xml).toString('base64') } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : xml);
}

async function listen(server: Server, { host, port }: Settings): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  // Idle keep-alive connections close at once, the others after their answer.
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cut);
}
