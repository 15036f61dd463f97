import ipaddr from 'ipaddr.js';

/**
 * Addresses of the public kind that are nevertheless private services: the host of an Azure machine answers on this
 * one. Those of the other clouds (169.254.169.254, 100.100.100.200, 192.0.0.192, fd00:ec2::254) lie in ranges that
 * are not public.
 */
const PRIVATE_SERVICES = new Set(['168.63.129.16']);

/**
 * Whether the address is one of the public internet. Everything else counts as private: loopback, private,
 * link-local, shared (100.64.0.0/10), multicast, documentation, benchmark and reserved ranges, and IPv6 addresses
 * that wrap an IPv4 one, unless that is public and the wrapping one that still carries traffic (mapped, NAT64).
 *
 * @param text an IPv4 or IPv6 address without brackets, as the resolver or a URL gives it
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  if (address instanceof ipaddr.IPv4) {
    return address.range() === 'unicast' && !PRIVATE_SERVICES.has(address.toString());
  }
  const wrapped = nat64Address(address);
  if (wrapped !== undefined) return isPublicAddress(wrapped);
  // Global unicast is 2000::/3; ranges inside of it that are not (6to4, Teredo, documentation) have their names.
  return address.range() === 'unicast' && (address.toByteArray()[0] ?? 0) >> 5 === 1;
}

/**
 * The address, as IPv4 where it is that one mapped to IPv6; undefined where the text is none, or has a zone.
 * IPv6 goes through the URL parser first: ipaddr.js takes `::1.2.3.4` for the mapped `::ffff:1.2.3.4`.
 */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const url = `http://[${text}]/`;
  return URL.canParse(url) ? ipaddr.process(new URL(url).hostname.slice(1, -1)) : undefined;
}

/** The IPv4 address in the last four bytes of 64:ff9b::/96. */
function nat64Address(address: ipaddr.IPv6): string | undefined {
  if (!address.match(ipaddr.IPv6.parse('64:ff9b::'), 96)) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(12)).toString();
}
