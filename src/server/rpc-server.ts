import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createServer, type RequestListener, type Server, type OutgoingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Service } from '../base/service.ts';
import { renewCredentials, type TlsCredentials } from '../base/tls-credentials.ts';
import { refuse, type Refusal } from '../gateway/api-error.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { HttpAnswer } from '../gateway/http-message.ts';
import { secureHeaders } from './secure-headers.ts';
import { originOf, type OriginOutcome, type ProxyNetwork } from './trusted-proxies.ts';

export type RpcServer = Service & {
  /** The port listened on, the one taken where 0 was asked for. */
  readonly port: number;
  /** Only for a server that was started with TLS. */
  renewTls(credentials: TlsCredentials): void;
};

type Parts<Services> = {
  readonly gateway: Gateway<Services>;
  /** Whether the server can do its work: the store is open and migrated. */
  readonly isReady: () => boolean;
};

export type RpcServerOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Where it is there, the port speaks HTTPS only. */
  readonly tls?: TlsCredentials | undefined;
  /** Whose word on the client's address and scheme counts. Default: nobody's. */
  readonly trustedProxies?: readonly ProxyNetwork[];
  readonly timeouts?: RpcTimeouts;
};

/**
 * Bytes. A body of 2 MiB is far above any documented call. The current SDKs put all business parameters into the
 * query, a 10,000 character text included: so the request line may have 1 MiB, where Node's default is 16 KiB.
 */
const LIMITS = { body: 2 * 1024 * 1024, head: 1024 * 1024 } as const;

/** Milliseconds. A client that trickles its request in holds a socket no longer than this. */
export type RpcTimeouts = {
  readonly head: number;
  readonly request: number;
  readonly keepAlive: number;
  readonly stop: number;
};

const TIMEOUTS: RpcTimeouts = { head: 10_000, request: 60_000, keepAlive: 25_000, stop: 2_000 };

/** The RPC endpoint on HTTP: turns requests into values for the gateway and its answers into responses. */
export async function startRpcServer<Services>(
  { gateway, isReady }: Parts<Services>,
  { host, port, tls, trustedProxies = [], timeouts = TIMEOUTS }: RpcServerOptions,
): Promise<RpcServer> {
  const origin = (request: FastifyRequest): OriginOutcome =>
    originOf(peerOf(request), headersOf(request), trustedProxies);
  const app = fastify({
    bodyLimit: LIMITS.body,
    forceCloseConnections: 'idle',
    // A request that comes while the server stops is still served; else it would get an answer of fastify's own form.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // The gateway reads the query itself: its order of errors and its rule for repeated names are its own.
    routerOptions: { querystringParser: () => ({}) },
    frameworkErrors: (_error, request, reply) =>
      void send(
        reply,
        gateway.refuse(refuse('InvalidRequest', 'The request line cannot be read.'), hostOf(request)),
      ),
    clientErrorHandler: (error, socket) => refuseConnection(gateway, error, socket),
    serverFactory: (handler) => createHttpServer(handler, timeouts, tls),
  });
  readBodiesRaw(app);
  app.addHook('onRequest', async (request, reply) => {
    const found = origin(request);
    reply.headers(secureHeaders(found.kind === 'origin' && found.secure));
  });
  addHealth(app, isReady);
  addRpc(app, gateway, origin);
  await app.listen({ host, port });
  const bound = app.server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no TCP port');
  return {
    port: bound.port,
    renewTls: (credentials) => renewCredentials(app.server, credentials),
    stop: () => stop(app, timeouts.stop),
  };
}

function createHttpServer(
  handler: RequestListener,
  timeouts: RpcTimeouts,
  tls: TlsCredentials | undefined,
): Server {
  const options = {
    maxHeaderSize: LIMITS.head,
    headersTimeout: timeouts.head,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: timeouts.head / 10,
  };
  return tls === undefined
    ? createServer(options, handler)
    : createTlsServer({ ...options, ...tls, handshakeTimeout: timeouts.head }, handler);
}

/** Lets requests that are under way be answered, and cuts off the connections of those that never end. */
async function stop(app: FastifyInstance, graceMs: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close();
  clearTimeout(cutOff);
}

/** Signatures cover the raw bytes, so no body is parsed here, whatever its type says. */
function readBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function addHealth(app: FastifyInstance, isReady: () => boolean): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }));
  app.get('/readyz', (_request, reply) =>
    isReady() ? reply.send({ status: 'ready' }) : reply.code(503).send({ status: 'not ready' }),
  );
}

function addRpc<Services>(
  app: FastifyInstance,
  gateway: Gateway<Services>,
  origin: (request: FastifyRequest) => OriginOutcome,
): void {
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const found = origin(request);
    if (found.kind === 'unclear') {
      return send(reply, gateway.refuse(refuse('InvalidRequest', found.message), hostOf(request)));
    }
    const answer = await gateway.answer({
      method: request.method,
      target: request.raw.url ?? '/',
      headers: headersOf(request),
      body: Buffer.isBuffer(request.body) ? request.body : NO_BODY,
      remoteAddress: found.address,
      secure: found.secure,
    });
    return send(reply, answer);
  };
  app.route({ method: ['GET', 'POST'], url: '/', handler: handle });
  app.setNotFoundHandler(handle);
  app.setErrorHandler((error, request, reply) => send(reply, gateway.refuse(readingFault(error), hostOf(request))));
}

function peerOf({ socket }: FastifyRequest): { address: string; secure: boolean } {
  return { address: socket.remoteAddress ?? '', secure: socket instanceof TLSSocket };
}

function headersOf(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return request.headers as Record<string, string | undefined>;
}

const NO_BODY = Buffer.alloc(0);

/** What went wrong while the body was read; the gateway itself never throws. */
function readingFault(error: unknown): Refusal {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return refuse('RequestTooLarge', `The body is larger than ${LIMITS.body} bytes.`);
  }
  return refuse('InvalidRequest', 'The body could not be read.');
}

function send(reply: FastifyReply, { status, headers, body }: HttpAnswer): FastifyReply {
  // Past fastify's serializers and hooks, of which there are none here: with the query left alone, 5 µs a request.
  reply.hijack();
  reply.raw.writeHead(status, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  reply.raw.end(body);
  return reply;
}

function hostOf(request: FastifyRequest): string {
  return request.headers.host ?? '';
}

/**
 * Broken or slow HTTP never becomes a request; the client still gets an answer that it can parse. Not where TLS did
 * not come about: then nothing that is said can be read.
 */
function refuseConnection<Services>(gateway: Gateway<Services>, error: Error, socket: Socket): void {
  const code = (error as { code?: string }).code ?? '';
  if (!socket.writable || code === 'ECONNRESET' || /^ERR_(SSL|TLS)_/.test(code)) {
    socket.destroy();
    return;
  }
  const answer = gateway.refuse(connectionFault(error), '');
  const headers = Object.entries({
    ...answer.headers,
    ...secureHeaders(socket instanceof TLSSocket),
    'content-length': String(Buffer.byteLength(answer.body)),
  });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${answer.status} Refused\r\n${head}connection: close\r\n\r\n${answer.body}`);
}

function connectionFault(error: Error): Refusal {
  switch ((error as { code?: string }).code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return refuse('RequestTooLarge', `The request line and headers are larger than ${LIMITS.head} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refuse('RequestTimeout', 'The request did not arrive whole in time.');
    default:
      return refuse('InvalidRequest', 'The bytes are not an HTTP request.');
  }
}
