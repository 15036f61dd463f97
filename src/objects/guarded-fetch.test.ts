import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGuardedFetch, parseAllowEntry, type GuardedFetchOptions } from './guarded-fetch.ts';

let scratch: string;
let path: string;
let servers: Server[];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'guarded-fetch-'));
  path = join(scratch, 'file');
  servers = [];
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await rm(scratch, { recursive: true });
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A fetcher that may reach these ports of the loopback address, as an operator would allow a private store. */
function fetcher(ports: number[], options: GuardedFetchOptions = {}) {
  const allow = ports.map((port) => {
    const parsed = parseAllowEntry(`127.0.0.1:${port}`);
    if (parsed.kind === 'problem') throw new Error(parsed.problem);
    return parsed.entry;
  });
  const fetch = createGuardedFetch({ allow, ...options });
  return (url: string, maxBytes = 1_000_000, signal?: AbortSignal) => fetch(url, path, { maxBytes, signal });
}

describe('a fetch', () => {
  test('writes what the server sends into the file', async () => {
    const port = await serve((request, response) => {
      response.setHeader('content-type', 'audio/wav').end(`${request.url} ${request.headers['accept-encoding']}`);
    });
    const url = `http://127.0.0.1:${port}/a%20b?c=d`;
    const outcome = await fetcher([port])(url);
    expect(await readFile(path, 'utf8')).toBe('/a%20b?c=d identity');
    expect(outcome).toEqual({ kind: 'fetched', bytes: 19, contentType: 'audio/wav', url });
  });

  test('asks the resolver once a connection, and connects to what it answered', async () => {
    const port = await serve((request, response) => response.end(request.headers.host));
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return ['127.0.0.1'];
    };
    expect(await fetcher([port], { resolve })(`http://store.example:${port}/`)).toMatchObject({ kind: 'fetched' });
    expect(await readFile(path, 'utf8')).toBe(`store.example:${port}`);
    expect(asked).toEqual(['store.example']);
  });

  test('tries the next address of a host when one does not answer', async () => {
    const port = await serve((_, response) => response.end('second'));
    const allow = ['127.0.0.2', '127.0.0.1'].map((address) => {
      const parsed = parseAllowEntry(`${address}:${port}`);
      if (parsed.kind === 'problem') throw new Error(parsed.problem);
      return parsed.entry;
    });
    const fetch = fetcher([], { allow, resolve: async () => ['127.0.0.2', '127.0.0.1'] });
    expect(await fetch(`http://store.example:${port}/`)).toMatchObject({ kind: 'fetched', bytes: 6 });
  });

  test('follows three redirects, relative ones too, and no fourth', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else
        response
          .writeHead(302, { location: left % 2 === 0 ? `/${left - 1}` : `http://127.0.0.1:${port}/${left - 1}` })
          .end();
    });
    expect(await fetcher([port])(`http://127.0.0.1:${port}/3`)).toMatchObject({
      kind: 'fetched',
      bytes: 5,
      url: `http://127.0.0.1:${port}/0`,
    });
    expect(await fetcher([port])(`http://127.0.0.1:${port}/4`)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('more than 3'),
    });
  });

  test('ignores the proxies of the environment', async () => {
    let proxied = 0;
    const proxy = await serve((_, response) => {
      proxied += 1;
      response.end('proxy');
    });
    const port = await serve((_, response) => response.end('direct'));
    process.env['http_proxy'] = `http://127.0.0.1:${proxy}`;
    try {
      await fetcher([port])(`http://127.0.0.1:${port}/`);
    } finally {
      delete process.env['http_proxy'];
    }
    expect(await readFile(path, 'utf8')).toBe('direct');
    expect(proxied).toBe(0);
  });
});

describe('nothing is connected to', () => {
  let port: number;
  let hits: number;

  beforeEach(async () => {
    hits = 0;
    port = await serve((_, response) => {
      hits += 1;
      response.end('secret');
    });
    servers[0]?.on('connection', () => (hits += 1));
  });

  afterEach(async () => {
    expect(hits).toBe(0);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('at a private address that nobody allowed', async () => {
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
    ]) {
      expect(await fetcher([])(url)).toMatchObject({ kind: 'refused' });
    }
  });

  test('at an allowed address on another port', async () => {
    expect(await fetcher([port + 1])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'refused' });
  });

  test('when a public name has a private address', async () => {
    const other = await serve((_, response) => response.end());
    const fetch = fetcher([], { resolve: async () => ['127.0.0.1'] });
    expect(await fetch('http://innocent.example/')).toMatchObject({ kind: 'refused' });
    expect(
      await fetcher([other], { resolve: async () => ['127.0.0.2'] })(`http://x.example:${other}/`),
    ).toMatchObject({
      kind: 'refused',
    });
  });

  test('when a redirect leads there', async () => {
    const targets = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      'http://169.254.169.254/',
      'file:///etc/passwd',
    ];
    for (const location of targets) {
      const front = await serve((_, response) => response.writeHead(302, { location }).end());
      expect(await fetcher([front])(`http://127.0.0.1:${front}/`), location).toMatchObject({ kind: 'refused' });
    }
  });

  test('when the name changes its address between two answers', async () => {
    // First the allowed front, which redirects to its own name, then the private address behind the same name.
    const front = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const fetch = fetcher([front], { resolve: async () => answers.shift() ?? [] });
    expect(await fetch(`http://rebind.example:${front}/`)).toMatchObject({ kind: 'refused' });
    expect(answers).toEqual([]);
  });
});

describe('a fetch that does not come to a file', () => {
  afterEach(async () => expect(await readdir(scratch)).toEqual([]));

  test('says the status of the answer', async () => {
    const port = await serve((_, response) => response.writeHead(404).end('not here'));
    expect(await fetcher([port])(`http://127.0.0.1:${port}/?token=secret`)).toEqual({
      kind: 'failed',
      status: 404,
      reason: `127.0.0.1:${port} answered with status 404.`,
    });
  });

  test('is told to be too large by the announced length, and by the bytes that come', async () => {
    const announced = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 11 }).end('hello world'),
    );
    expect(await fetcher([announced])(`http://127.0.0.1:${announced}/`, 10)).toEqual({ kind: 'too-large' });
    const endless = await serve((_, response) => {
      const more = (): void =>
        void (response.write('x'.repeat(10_000)) ? setImmediate(more) : response.once('drain', more));
      more();
    });
    expect(await fetcher([endless])(`http://127.0.0.1:${endless}/`, 100_000)).toEqual({ kind: 'too-large' });
  });

  test('fails when the body breaks off', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    expect(await fetcher([port])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
  });

  test('fails on content that is compressed unasked', async () => {
    const port = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'));
    expect(await fetcher([port])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed', status: 200 });
  });

  test('fails when nothing listens', async () => {
    const port = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await fetcher([port])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
  });

  test('fails when the server falls silent, before and within the body', async () => {
    const silent = await serve(() => undefined);
    const stalling = await serve((_, response) => response.write('first'));
    for (const port of [silent, stalling]) {
      const fetch = fetcher([port], { idleTimeoutMs: 50 });
      expect(await fetch(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
    }
  });

  test('fails when all of it takes too long, the resolver included', async () => {
    const stalling = await serve((_, response) => response.write('first'));
    const late = { kind: 'failed', reason: 'Fetching took longer than 0.05 s.' };
    expect(await fetcher([stalling], { totalTimeoutMs: 50 })(`http://127.0.0.1:${stalling}/`)).toEqual(late);
    const resolve = () => new Promise<string[]>(() => undefined);
    expect(await fetcher([], { totalTimeoutMs: 50, resolve })('http://slow.example/')).toEqual(late);
  });

  test('rejects with the reason of the signal that ended it', async () => {
    const abort = new AbortController();
    const port = await serve((_, response) => response.write('first', () => abort.abort(new Error('canceled'))));
    await expect(fetcher([port])(`http://127.0.0.1:${port}/`, 100, abort.signal)).rejects.toThrow('canceled');
  });
});
