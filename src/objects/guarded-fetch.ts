import { lookup } from 'node:dns/promises';
import type { buildConnector, Dispatcher } from 'undici';
import { writeBody } from './durable-file.ts';
import type { AllowEntry } from './fetch-allow-list.ts';
import { findTarget, type FetchTarget, type Resolver } from './fetch-target.ts';

export { parseAllowEntry } from './fetch-allow-list.ts';

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type FetchOutcome =
  /** `url` is where it was found: behind all redirects. */
  | { readonly kind: 'fetched'; readonly bytes: number; readonly contentType: string; readonly url: string }
  /** The URL, or one that it redirects to, is not one that may be fetched. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'too-large' }
  /** @param status the HTTP status, where there was an answer */
  /** `passing`: it may be otherwise a moment later. */
  | { readonly kind: 'failed'; readonly reason: string; readonly status?: number; readonly passing?: true };

export type FetchLimits = {
  /** Bytes. */
  readonly maxBytes: number;
  /** Ends the fetch; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

/** Fetches a public URL into a file. Where the outcome is not `fetched`, no file is left. */
export type GuardedFetch = (url: string, filePath: string, limits: FetchLimits) => Promise<FetchOutcome>;

export type GuardedFetchOptions = {
  /** Private networks that may be fetched from all the same. Default: none. */
  readonly allow?: readonly AllowEntry[];
  /** Default: the system's resolver. */
  readonly resolve?: Resolver;
  /** Milliseconds for a connection to stand. Default: 10 s. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds without a byte, of the headers or of the body. Default: 30 s. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds for everything, redirects included. Default: one hour. */
  readonly totalTimeoutMs?: number;
};

type Settings = Required<GuardedFetchOptions>;

const DEFAULTS: Settings = {
  allow: [],
  resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  connectTimeoutMs: 10_000,
  idleTimeoutMs: 30_000,
  totalTimeoutMs: 3_600_000,
};

/**
 * The one way in which this server fetches URLs that callers name. A URL must lead to the public internet or to a
 * network that an operator allowed; that is decided on the addresses that are then connected to, anew for each
 * redirect. Proxies of the environment are not used: they would connect on their own account.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const settings = { ...DEFAULTS, ...options };
  return async (url, filePath, { maxBytes, signal }) => {
    const timeout = AbortSignal.timeout(settings.totalTimeoutMs);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const outcome = await followRedirects(url, filePath, maxBytes, settings, stop);
    signal?.throwIfAborted();
    if (!timeout.aborted || outcome.kind === 'fetched') return outcome;
    return { kind: 'failed', reason: `Fetching took longer than ${settings.totalTimeoutMs / 1000} s.` };
  };
}

/** Of servers that are busy or out of order. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

async function followRedirects(
  first: string,
  filePath: string,
  maxBytes: number,
  settings: Settings,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const target = await findTarget(url, settings.allow, (name) => unlessAborted(settings.resolve(name), signal));
    if (target.kind !== 'target') return target;
    const answer = await fetchOnce(target, filePath, maxBytes, settings, signal);
    if (answer.kind !== 'redirect') return answer;
    url = answer.location;
  }
  return { kind: 'failed', reason: `The URL redirects more than ${MAX_REDIRECTS} times.` };
}

/** The system's resolver knows no signal: it is left alone with its answer. */
async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

type Target = Extract<FetchTarget, { kind: 'target' }>;
type Answer = FetchOutcome | { readonly kind: 'redirect'; readonly location: string };

async function fetchOnce(
  target: Target,
  filePath: string,
  maxBytes: number,
  settings: Settings,
  signal: AbortSignal,
): Promise<Answer> {
  // Loaded by the first fetch: it takes longer to load than all else that a server needs to be ready.
  const undici = await import('undici');
  const client = new undici.Client(target.url.origin, {
    connect: connectTo(target.addresses, undici.buildConnector({ timeout: settings.connectTimeoutMs })),
    headersTimeout: settings.idleTimeoutMs,
    bodyTimeout: settings.idleTimeoutMs,
  });
  try {
    const response = await client.request({
      method: 'GET',
      path: `${target.url.pathname}${target.url.search}`,
      // Compressed media would have to be unpacked, and a bomb guarded against; the size limit is on what arrives.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'smartjobs' },
      signal,
    });
    return await receive(response, target.url, filePath, maxBytes);
  } catch (error) {
    const reason = `${hostOf(target.url)} could not be fetched from: ${messageOf(error)}.`;
    return { kind: 'failed', reason, passing: true };
  } finally {
    await client.destroy();
  }
}

async function receive(
  response: Dispatcher.ResponseData,
  url: URL,
  filePath: string,
  maxBytes: number,
): Promise<Answer> {
  const { statusCode: status, headers, body } = response;
  // The client is destroyed with whatever of the body was not read.
  body.on('error', () => undefined);
  const location = headerText(headers['location']);
  if (REDIRECTS.has(status) && location !== '') {
    if (!URL.canParse(location, url.href))
      return { kind: 'failed', reason: 'The URL redirects to an invalid one.', status };
    return { kind: 'redirect', location: new URL(location, url).href };
  }
  if (status !== 200) {
    const reason = `${hostOf(url)} answered with status ${status}.`;
    return { kind: 'failed', reason, status, ...(PASSING.has(status) && { passing: true }) };
  }
  const encoding = headerText(headers['content-encoding']).toLowerCase();
  if (encoding !== '' && encoding !== 'identity') {
    return { kind: 'failed', reason: `${hostOf(url)} sent compressed content that was not asked for.`, status };
  }
  if (Number(headerText(headers['content-length'])) > maxBytes) return { kind: 'too-large' };
  const written = await writeBody(filePath, body, { maxBytes });
  if (written.kind === 'interrupted') throw written.cause;
  if (written.kind === 'too-large') return written;
  const contentType = headerText(headers['content-type']);
  return { kind: 'fetched', bytes: written.bytes, contentType, url: url.href };
}

/** Connects to the checked addresses in turn. The host name is only shown to the server, for TLS. */
function connectTo(addresses: readonly string[], connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const attempt = (index: number): void => {
      connect({ ...options, hostname: addresses[index] ?? '' }, (...result) => {
        if (result[0] !== null && index + 1 < addresses.length) attempt(index + 1);
        else callback(...result);
      });
    };
    attempt(0);
  };
}

/** Never the query: that of a signed URL is a secret. */
function hostOf(url: URL): string {
  return url.host;
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
