/** The few forms of DER (X.690) that a certificate is made of. Only written, never read. */

/** @param tag the first byte: class, form and number */
export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

/** Up to 127 in one byte, above that behind the number of bytes it takes. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
export const setOf = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
export const octetString = (content: Buffer): Buffer => der(0x04, content);
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text));
export const booleanTrue = (): Buffer => der(0x01, Buffer.from([0xff]));

/** A number that is not negative, big-endian; a leading zero byte keeps it so. */
export function integer(bytes: Buffer): Buffer {
  const [first = 0] = bytes;
  return der(0x02, first >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

/** @param unused bits at the end that do not count */
export const bitString = (content: Buffer, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content);

/** @param dotted as `2.5.29.17` */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBitBytes)]));
}

/** Seven bits a byte, all but the last one marked. */
function sevenBitBytes(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}

/** Years before 2050 are written with two digits (RFC 5280, 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}
