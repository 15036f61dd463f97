import { isAllowed, isPublicPort, type AllowEntry } from './fetch-allow-list.ts';
import { isPublicAddress } from './public-address.ts';

/** Finds the addresses of a host name. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

export type FetchTarget =
  | {
      readonly kind: 'target';
      readonly url: URL;
      /** All checked; to be connected to as they are, never to be looked up again. */
      readonly addresses: readonly [string, ...string[]];
      readonly port: number;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Decides whether a URL may be fetched, and from which addresses. Host names are resolved here, once, and what is
 * connected to is what was checked. Odd spellings of IPv4 addresses (decimal, octal, hexadecimal, short) are the
 * same to the URL parser, so they are checked as what they mean.
 */
export async function findTarget(
  text: string,
  allow: readonly AllowEntry[],
  resolve: Resolver,
): Promise<FetchTarget> {
  if (!URL.canParse(text)) return { kind: 'refused', reason: 'The URL is not valid.' };
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'refused', reason: `The scheme ${url.protocol} is not fetched: use http or https.` };
  }
  if (url.username !== '' || url.password !== '') {
    return { kind: 'refused', reason: 'The URL holds a user name or password: leave them out.' };
  }
  const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
  if (!isPublicPort(port) && !allow.some((entry) => entry.port === port)) {
    return { kind: 'refused', reason: `Port ${port} is not fetched from: use 80 or 443. ${REMEDY}` };
  }
  const [first, ...others] = await addressesOf(url.hostname, resolve);
  if (first === undefined) return { kind: 'failed', reason: `The host name ${url.hostname} has no address.` };
  // One private address among public ones is refused too: a resolver that mixes them is not to be trusted.
  const refused = [first, ...others].some((address) => !mayConnect(address, port, allow));
  if (refused) {
    return { kind: 'refused', reason: `The host ${url.hostname} is, or resolves to, a private address. ${REMEDY}` };
  }
  return { kind: 'target', url, addresses: [first, ...others], port };
}

const REMEDY = 'An operator can allow a private store by its network and port.';

async function addressesOf(hostname: string, resolve: Resolver): Promise<readonly string[]> {
  const literal = /^\[(.*)\]$/.exec(hostname)?.[1] ?? (/^[\d.]+$/.test(hostname) ? hostname : undefined);
  if (literal !== undefined) return [literal];
  try {
    return await resolve(hostname);
  } catch {
    return [];
  }
}

function mayConnect(address: string, port: number, allow: readonly AllowEntry[]): boolean {
  return (isPublicPort(port) && isPublicAddress(address)) || isAllowed(allow, address, port);
}
