import { crc32, deflateRawSync } from 'node:zlib';

/** A file for an archive, and the lies that its directory may tell about it. */
export type TestPart = {
  readonly name: string;
  readonly content: string | Buffer;
  /** In the place of the true size. */
  readonly announced?: number;
  readonly isEncrypted?: boolean;
  /** Sizes in 64 bits, as streaming writers have them. */
  readonly isLong?: boolean;
};

/** A zip archive byte by byte. @param count entries by its end's word; absent = the truth */
export function zipOf(parts: readonly TestPart[], count?: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { local, central } = entryOf(part, offset);
    files.push(local);
    directory.push(central);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(count ?? parts.length, 8);
  end.writeUInt16LE(count ?? parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

function entryOf(part: TestPart, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(part.content as string);
  const data = deflateRawSync(content);
  const name = Buffer.from(part.name);
  const size = part.announced ?? content.length;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(part.isEncrypted === true ? 1 : 0, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(part.isLong === true ? 0xffff_ffff : data.length, 14);
  fields.writeUInt32LE(part.isLong === true ? 0xffff_ffff : size, 18);
  fields.writeUInt16LE(name.length, 22);
  const extra = part.isLong === true ? longSizes(size, data.length) : Buffer.alloc(0);
  fields.writeUInt16LE(extra.length, 24);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x0201_4b50, 0);
  fields.copy(central, 6);
  central.writeUInt32LE(offset, 42);
  const signature = Buffer.from('504b0304', 'hex');
  return {
    local: Buffer.concat([signature, fields, name, extra, data]),
    central: Buffer.concat([central, name, extra]),
  };
}

function longSizes(size: number, packed: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  return extra;
}
