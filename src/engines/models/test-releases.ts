import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A file of the test's release page, and how its server behaves. */
export type TestFile = {
  readonly content: Buffer;
  /** Default: a strong one of its content. Empty: none. */
  readonly etag?: string;
  /** Whether Range is honoured. Default: yes. */
  readonly ranges?: boolean;
  /**
   * The connection breaks after so many bytes of a body, once `received` was told that they have arrived; one number
   * for each request, then none breaks.
   */
  readonly cutsAfter?: number[];
  /** Answers one after another, before it answers well. */
  readonly statuses?: number[];
  /** No Content-Length. */
  readonly chunked?: boolean;
  readonly redirectTo?: string;
};

export type SeenRequest = { readonly path: string; readonly headers: IncomingHttpHeaders };

export type TestReleases = {
  /** Without a slash at the end. */
  readonly base: string;
  /** By path below the base, such as `asr-models/tiny.tar.bz2`. */
  readonly files: Map<string, TestFile>;
  readonly requests: SeenRequest[];
  /** @param bytes of the file that its receiver has by now */
  received(bytes: number): void;
  stop(): Promise<void>;
};

/** A server of releases on this machine, which can be as bad as a test wants it. */
export async function startReleases(): Promise<TestReleases> {
  const files = new Map<string, TestFile>();
  const requests: SeenRequest[] = [];
  const cuts: Cut[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    requests.push({ path, headers: request.headers });
    const file = files.get(path);
    if (file === undefined) response.writeHead(404).end('no such file');
    else answer(file, request.headers, response, cuts);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    requests,
    received: (bytes) => {
      for (const cut of cuts) if (bytes >= cut.at) cut.socket?.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A connection that is to break when its receiver has so many bytes of the file. */
type Cut = { readonly at: number; readonly socket: Socket | null };

function answer(file: TestFile, headers: IncomingHttpHeaders, response: ServerResponse, cuts: Cut[]): void {
  const { content, ranges = true, redirectTo, chunked = false } = file;
  const etag = file.etag ?? `"${content.length}-${content[0] ?? 0}"`;
  const status = file.statuses?.shift();
  if (status !== undefined) return void response.writeHead(status).end();
  if (redirectTo !== undefined) return void response.writeHead(302, { location: redirectTo }).end('elsewhere');
  const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  const offset = ranges && from !== undefined && isSame ? Number(from) : 0;
  if (offset > 0 && offset >= content.length) {
    return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
  }
  const body = content.subarray(offset);
  response.writeHead(offset > 0 ? 206 : 200, {
    ...(etag === '' ? {} : { etag }),
    ...(chunked ? {} : { 'content-length': body.length }),
    ...(offset > 0 ? { 'content-range': `bytes ${offset}-${content.length - 1}/${content.length}` } : {}),
  });
  const cut = file.cutsAfter?.shift();
  if (cut === undefined || cut >= body.length) return void response.end(body);
  if (cut === 0) return void response.write('', () => response.socket?.destroy());
  cuts.push({ at: offset + cut, socket: response.socket });
  response.write(body.subarray(0, cut));
}
