import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGuardedFetch, parseAllowEntry, type FetchOutcome } from '../../src/objects/guarded-fetch.ts';
import { listenOnLoopback, watchConnections, type Listener } from './connections.ts';
import { ALL_FORMS, HOSTILE_NAMES, HOSTILE_URLS, resolveHostile, withPort } from './ssrf-forms.ts';

const STATUSES = [301, 302, 303, 307, 308];

let folder: string;
let listener: Listener;
let front: Server;
let frontPort: number;
let opened: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssrf-'));
  listener = await listenOnLoopback();
  // Redirects as its path says: /302/<where to>.
  front = createServer((request, response) => {
    const [, status = '404', location = ''] = /^\/(\d+)\/(.*)$/.exec(request.url ?? '') ?? [];
    response.writeHead(Number(status), { location: bytesOf(location) });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  ({ port: frontPort } = front.address() as { port: number });
});

afterAll(async () => {
  front.close();
  await listener.stop();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  ({ opened } = watchConnections());
});

afterEach(async () => {
  expect(listener.heard()).toBe(0);
  expect(opened.filter((to) => to !== `127.0.0.1:${frontPort}`)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

/**
 * Whether the form, as a location, is the URL that it is by itself. Some are relative ones then, back to the front;
 * and what is not ASCII arrives as the bytes of its UTF-8, which name no host.
 */
function leadsElsewhere(form: string): boolean {
  const base = `http://127.0.0.1:${frontPort}/`;
  const isAscii = Buffer.from(form).length === form.length;
  return isAscii && URL.canParse(form, base) && new URL(form, base).origin !== new URL(base).origin;
}

/** A fetcher of an operator who opened two stores: the front, and one elsewhere on the listener's port. */
function fetcher(resolve = resolveHostile): (url: string) => Promise<FetchOutcome> {
  const allow = [`127.0.0.1:${frontPort}`, `10.9.9.9:${listener.port}`].map((text) => {
    const parsed = parseAllowEntry(text);
    if (parsed.kind === 'problem') throw new Error(parsed.problem);
    return parsed.entry;
  });
  const fetch = createGuardedFetch({ allow, resolve });
  return (url) => fetch(url, join(folder, 'file'), { maxBytes: 1000 });
}

/** A header holds bytes, and no line break. */
function bytesOf(location: string): string {
  return Buffer.from(decodeURIComponent(location).replaceAll('\n', '')).toString('latin1');
}

function redirect(status: number, to: string): string {
  return `http://127.0.0.1:${frontPort}/${status}/${encodeURIComponent(to)}`;
}

test('the list has its length, and names each form once', () => {
  expect(ALL_FORMS.length).toBeGreaterThanOrEqual(300);
  expect(new Set(ALL_FORMS).size).toBe(ALL_FORMS.length);
});

describe('nothing is connected to for', () => {
  test.each(Object.entries(HOSTILE_URLS))('%s', async (_group, forms) => {
    const fetch = fetcher();
    for (const form of forms) expect(await fetch(form), form).toMatchObject({ kind: 'refused' });
  });

  test('names, whatever the name server answers', async () => {
    const fetch = fetcher();
    for (const name of HOSTILE_NAMES)
      expect(await fetch(`http://${name}/`), name).toMatchObject({ kind: 'refused' });
  });

  test('any of them on a port that somebody listens on and an operator opened elsewhere', async () => {
    const fetch = fetcher();
    const forms = ALL_FORMS.flatMap((form) => withPort(form, listener.port) ?? []);
    expect(forms.length).toBeGreaterThan(200);
    for (const form of forms) expect(await fetch(form), form).toMatchObject({ kind: 'refused' });
  });
});

describe('a redirect is judged as a URL of its own', () => {
  test('whichever of them it is, for every form', async () => {
    const fetch = fetcher();
    for (const [index, form] of ALL_FORMS.entries()) {
      const outcome = await fetch(redirect(STATUSES[index % STATUSES.length] ?? 302, form));
      expect(outcome, form).toMatchObject({ kind: leadsElsewhere(form) ? 'refused' : 'failed' });
    }
    // The front itself was connected to, so what would connect elsewhere would have been seen.
    expect(opened.length).toBeGreaterThanOrEqual(ALL_FORMS.length);
  });

  test.each(STATUSES)('after a %d', async (status) => {
    const fetch = fetcher();
    for (const target of ['http://127.0.0.1/', 'http://[::1]/', 'http://metadata/', 'file:///etc/passwd']) {
      expect(await fetch(redirect(status, target)), target).toMatchObject({ kind: 'refused' });
    }
  });

  test('at the end of a chain of all kinds', async () => {
    const fetch = fetcher();
    const targets = [`http://127.0.0.1:${listener.port}/`, `http://[::1]:${listener.port}/`, 'http://metadata/'];
    for (const [index, target] of targets.entries()) {
      const last = redirect(STATUSES[index] ?? 308, target);
      const chain = redirect(307, redirect(303, last));
      expect(await fetch(chain)).toMatchObject({ kind: 'refused' });
      expect(await fetch(redirect(301, chain))).toMatchObject({ kind: 'failed' });
    }
  });

  test('where it leaves out the scheme or the host', async () => {
    const fetch = fetcher();
    for (const location of [`//127.0.0.1:${listener.port}/`, `\\\\127.0.0.1:${listener.port}\\`, '//localhost/']) {
      expect(await fetch(redirect(302, location)), location).toMatchObject({ kind: 'refused' });
    }
  });
});

describe('a name that changes its address', () => {
  test('between the check and the connection is connected to where it was checked', async () => {
    const asked: string[] = [];
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['::1']];
    const resolve = async (name: string): Promise<readonly string[]> => {
      asked.push(name);
      return answers[asked.length - 1] ?? [];
    };
    // The front answers 404: it was reached, and nothing else.
    const outcome = await fetcher(resolve)(`http://rebind.test:${frontPort}/404/`);
    expect(outcome).toMatchObject({ kind: 'failed', status: 404 });
    expect(asked).toEqual(['rebind.test']);
  });

  test('between two redirects is checked again', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.1'], ['127.0.0.2']];
    const resolve = async (): Promise<readonly string[]> => answers.shift() ?? [];
    const again = `http://rebind.test:${frontPort}`;
    const last = `${again}/302/${encodeURIComponent(`${again}/404/`)}`;
    const outcome = await fetcher(resolve)(`${again}/307/${encodeURIComponent(last)}`);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(answers).toEqual([]);
  });
});
