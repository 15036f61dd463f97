import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The addresses that share their first `bits` bits with `base`. */
export type IpRange = { readonly base: Address; readonly bits: number };

/** What stands before the address in `::ffff:192.0.2.1`: 96 bits. */
const MAPPED_PREFIX_BITS = 96;

/**
 * An address, or undefined where the text is none. An IPv4 address in IPv6 form (`::ffff:192.0.2.1`, as sockets of
 * both kinds report it) is the IPv4 address. Forms with octal, hexadecimal or missing parts are no addresses.
 */
export function readAddress(text: string): Address | undefined {
  return isIP(text) === 0 ? undefined : ipaddr.process(text);
}

/** An address or a range in CIDR form; bits of the address behind the prefix do not count. */
export function readIpRange(text: string): IpRange | undefined {
  const [addressText = '', bitsText, ...rest] = text.split('/');
  // A zone (`fe80::1%eth0`) names an interface of one machine, which means nothing in a policy.
  if (isIP(addressText) === 0 || addressText.includes('%') || rest.length > 0) return undefined;
  const written = ipaddr.parse(addressText);
  const width = written.kind() === 'ipv4' ? 32 : 128;
  const bits = bitsText === undefined ? width : readBits(bitsText, width);
  if (bits === undefined) return undefined;
  if (written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() && bits >= MAPPED_PREFIX_BITS) {
    return { base: written.toIPv4Address(), bits: bits - MAPPED_PREFIX_BITS };
  }
  return { base: written, bits };
}

/** An IPv4 address is in no range of IPv6 addresses, and the other way round. */
export function isInRange(address: Address, range: IpRange): boolean {
  return address.kind() === range.base.kind() && address.match(range.base, range.bits);
}

function readBits(text: string, width: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= width ? Number(text) : undefined;
}
