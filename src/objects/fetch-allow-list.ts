import type ipaddr from 'ipaddr.js';
import { parseAddress } from './public-address.ts';

/** A private network, and the one port on it, that may be fetched from. */
export type AllowEntry = {
  readonly network: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
  /** Absent: the ports that public URLs may use, 80 and 443. */
  readonly port?: number;
};

export type AllowEntryOutcome =
  { readonly kind: 'entry'; readonly entry: AllowEntry } | { readonly kind: 'problem'; readonly problem: string };

const FORM =
  'expected an address or CIDR, with a port if it is not 80 or 443, such as 10.1.2.0/24:9000 or [fd00::/8]:9000';
/** Shorter prefixes would switch the guard off instead of opening it for a store. */
const MIN_PREFIX = { ipv4: 8, ipv6: 7 };

/** Reads `CIDR`, `CIDR:port`, `address`, `address:port`; with a port, IPv6 stands in brackets. */
export function parseAllowEntry(text: string): AllowEntryOutcome {
  const parts = /^(?:\[([^\]]+)\]|([^[\]]+?))(?::(\d{1,5}))?$/.exec(
    text.includes('.') || text.startsWith('[') ? text : `[${text}]`,
  );
  const [address = '', prefixText, ...rest] = (parts?.[1] ?? parts?.[2] ?? '').split('/');
  const network = parseAddress(address);
  if (rest.length > 0 || network === undefined) return problem(`"${text}" is not a network: ${FORM}`);
  const bits = network.kind() === 'ipv4' ? 32 : 128;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (!/^\d{1,3}$/.test(prefixText ?? '0') || prefix > bits) {
    return problem(`"${text}" has the prefix ${prefixText}: 0 to ${bits} can be, ${FORM}`);
  }
  if (prefix < MIN_PREFIX[network.kind()]) {
    return problem(
      `"${text}" covers more than a private network: use a prefix of /${MIN_PREFIX[network.kind()]} or longer`,
    );
  }
  if (parts?.[3] === undefined) return { kind: 'entry', entry: { network, prefix } };
  const port = Number(parts[3]);
  if (port < 1 || port > 65_535) return problem(`"${text}" has the port ${port}: expected 1 to 65535`);
  return { kind: 'entry', entry: { network, prefix, port } };
}

function problem(text: string): AllowEntryOutcome {
  return { kind: 'problem', problem: text };
}

/** Whether an entry names the address and the port. */
export function isAllowed(list: readonly AllowEntry[], addressText: string, port: number): boolean {
  const address = parseAddress(addressText);
  return list.some(
    (entry) =>
      address !== undefined &&
      (entry.port === undefined ? isPublicPort(port) : entry.port === port) &&
      entry.network.kind() === address.kind() &&
      address.match(entry.network, entry.prefix),
  );
}

/** The ports that URLs of the public internet may use. */
export function isPublicPort(port: number): boolean {
  return port === 80 || port === 443;
}
