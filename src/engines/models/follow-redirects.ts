import type { Dispatcher } from 'undici';

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Milliseconds without a byte. */
const PATIENCE = 30_000;

export type Answer =
  | { readonly kind: 'answer'; readonly response: Dispatcher.ResponseData; readonly host: string }
  /** @param reason a sentence without a full stop; never with a URL in it, which may carry a password or a signature */
  | { readonly kind: 'unreachable'; readonly host: string; readonly reason: string };

type Request = {
  /** Its user and password, where it has them, are sent to its own origin alone. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
};

/** GETs a URL; GitHub sends every download on to another host. */
export async function getFollowing({ url: first, headers, dispatcher, signal }: Request): Promise<Answer> {
  // Loaded by the first download: no other command needs an HTTP client.
  const { request } = await import('undici');
  const { origin, username, password } = new URL(first);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  let url = new URL(first);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const authorization = username !== '' && url.origin === origin ? { authorization: `Basic ${basic}` } : {};
    let response: Dispatcher.ResponseData;
    try {
      response = await request(`${url.origin}${url.pathname}${url.search}`, {
        dispatcher,
        signal,
        headersTimeout: PATIENCE,
        bodyTimeout: PATIENCE,
        headers: { 'user-agent': 'smartjobs', 'accept-encoding': 'identity', ...headers, ...authorization },
      });
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'unreachable', host: url.host, reason: reasonOf(error) };
    }
    const location = headerText(response.headers['location']);
    if (!REDIRECTS.has(response.statusCode) || location === '') return { kind: 'answer', response, host: url.host };
    await response.body.dump();
    const target = redirectTarget(location, url);
    if (typeof target === 'string') return { kind: 'unreachable', host: url.host, reason: target };
    url = target;
  }
  return { kind: 'unreachable', host: url.host, reason: `it redirects more than ${MOST_REDIRECTS} times` };
}

function redirectTarget(location: string, from: URL): URL | string {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target?.protocol !== 'https:' && target?.protocol !== 'http:') return 'it redirects to an invalid URL';
  return from.protocol === 'https:' && target.protocol === 'http:' ? 'it redirects from https to http' : target;
}

export function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** The first error of several (one of each address) says the most. */
export function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return (first instanceof Error ? first.message : String(first)).replace(/\.$/, '');
}
