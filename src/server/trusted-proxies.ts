import type ipaddr from 'ipaddr.js';
import { parseAddress } from '../objects/public-address.ts';
import { readForwarded, type ForwardedHop } from './trusted-proxy-headers.ts';

/** A network whose members may say on whose behalf they call. */
export type ProxyNetwork = { readonly network: ipaddr.IPv4 | ipaddr.IPv6; readonly prefix: number };

export type ProxyNetworkOutcome =
  | { readonly kind: 'network'; readonly network: ProxyNetwork }
  | { readonly kind: 'problem'; readonly problem: string };

/** Who sent a request, and whether they did over TLS. */
export type RequestOrigin = { readonly address: string; readonly secure: boolean };

export type OriginOutcome =
  | ({ readonly kind: 'origin' } & RequestOrigin)
  /** A trusted proxy's headers contradict each other or cannot be read: nobody is believed. */
  | { readonly kind: 'unclear'; readonly message: string };

type Headers = Readonly<Record<string, string | undefined>>;

/** Reads `address` or `CIDR`. */
export function parseProxyNetwork(text: string): ProxyNetworkOutcome {
  const [address = '', prefixText, ...rest] = text.split('/');
  const network = parseAddress(address);
  const bits = network?.kind() === 'ipv4' ? 32 : 128;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (network === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefixText ?? '0') || prefix > bits) {
    return { kind: 'problem', problem: `"${text}" is not an address or network such as 10.0.0.7 or 10.0.0.0/8` };
  }
  if (prefix === 0) {
    return { kind: 'problem', problem: `"${text}" is every address: name the proxies, or anybody can pose as one` };
  }
  return { kind: 'network', network: { network, prefix } };
}

/**
 * The origin of a request. Only a trusted peer's headers are read, from the right: each proxy adds the address that
 * called it at the end, so the right-most address that is no trusted proxy is the client, and what stands left of it
 * is the client's own claim.
 *
 * A proxy sets one of the two families of headers and may pass the other one on as it came. So where both are there
 * they must agree: else a client could choose which one is believed.
 */
export function originOf(peer: RequestOrigin, headers: Headers, trusted: readonly ProxyNetwork[]): OriginOutcome {
  const own = { kind: 'origin', address: plain(peer.address), secure: peer.secure } as const;
  if (!isTrusted(peer.address, trusted)) return own;
  const { forwarded, 'x-forwarded-for': addresses, 'x-forwarded-proto': schemes } = headers;
  const standard = forwarded === undefined ? undefined : readForwarded(forwarded);
  if (standard === 'unreadable') return unclear('Forwarded cannot be read.');
  const customary = addresses === undefined ? undefined : addresses.split(',').map((text) => ({ address: text }));
  const byStandard = standard && clientAmong(standard, own.address, trusted);
  const byCustom = customary && clientAmong(customary, own.address, trusted);
  if (byStandard !== undefined && byCustom !== undefined && byStandard.address !== byCustom.address) {
    return unclear('Forwarded and X-Forwarded-For name different clients.');
  }
  const address = byStandard?.address ?? byCustom?.address ?? own.address;
  const claims = [...(byStandard?.scheme === undefined ? [] : [byStandard.scheme]), ...listOf(schemes)];
  // An https that any proxy on the way contradicts is none.
  const secure = claims.length === 0 ? own.secure : claims.every((scheme) => scheme === 'https');
  return { kind: 'origin', address, secure };
}

function unclear(fault: string): OriginOutcome {
  const remedy = 'Have the proxy in front of this server set the one that it keeps, and remove the other.';
  return { kind: 'unclear', message: `${fault} ${remedy}` };
}

type Client = { readonly address: string; readonly scheme?: string | undefined };

/** Walks from the right, as long as it is trusted proxies that are named. */
function clientAmong(hops: readonly ForwardedHop[], peer: string, trusted: readonly ProxyNetwork[]): Client {
  let client: Client = { address: peer };
  for (const { address, scheme } of hops.toReversed()) {
    const found = parseAddress(withoutPort(address.trim()))?.toString();
    // `unknown` or a name of the proxy's own making: what reported it is all that is known.
    if (found === undefined) return { address: client.address, scheme };
    client = { address: found, scheme };
    if (!isTrusted(found, trusted)) return client;
  }
  return client;
}

function isTrusted(text: string, trusted: readonly ProxyNetwork[]): boolean {
  const address = parseAddress(text);
  return trusted.some(
    ({ network, prefix }) => address?.kind() === network.kind() && address.match(network, prefix),
  );
}

/** An IPv4 address mapped to IPv6, as a socket on `::` has it, is that IPv4 address. */
function plain(address: string): string {
  return parseAddress(address)?.toString() ?? address;
}

function withoutPort(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function listOf(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((item) => item.trim().toLowerCase());
}
