/** A field of a protocol buffer message, encoded. */
export type Field = Buffer;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** A whole number, int32, int64, bool or enum. Negative ones take ten bytes, as the format has it. */
export function integer(field: number, value: number | bigint): Field {
  return Buffer.concat([varint(tag(field, VARINT)), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function float(field: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(tag(field, FIXED_32)), bytes]);
}

/** Text, bytes, or a message that is encoded already. */
export function delimited(field: number, value: string | Buffer): Field {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(tag(field, LENGTH_DELIMITED)), varint(BigInt(bytes.length)), bytes]);
}

export function message(field: number, fields: readonly Field[]): Field {
  return delimited(field, Buffer.concat(fields));
}

function tag(field: number, wireType: number): bigint {
  return BigInt(field * 8 + wireType);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low + 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
