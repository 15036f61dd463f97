import { open, type FileHandle } from 'node:fs/promises';

/** The fields of onnx.proto3 that are read: everything else of a ModelProto is skipped, the network itself too. */
const METADATA_PROPS = 14;
const [VARINT, FIXED_64, LENGTH_DELIMITED, FIXED_32] = [0, 1, 2, 5];
/** Tag and length take ten bytes each at most. */
const HEAD = 20;
/** Bytes of one entry; names of a thousand speakers take ten thousand. */
const LARGEST_ENTRY = 1024 * 1024;

/**
 * What the maker of a model wrote into it, such as `sample_rate` and `speaker_names`. Reads some hundred bytes of a file
 * of any size. Undefined where it is no ONNX file.
 */
export async function readOnnxMetadata(path: string): Promise<ReadonlyMap<string, string> | undefined> {
  const file = await open(path, 'r');
  try {
    return await entriesOf(file, (await file.stat()).size);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

async function entriesOf(file: FileHandle, size: number): Promise<ReadonlyMap<string, string>> {
  const entries = new Map<string, string>();
  for (let at = 0; at < size;) {
    const { field, wireType, start, length } = headOf(await read(file, at, Math.min(HEAD, size - at)));
    if (field === METADATA_PROPS && wireType === LENGTH_DELIMITED && length <= LARGEST_ENTRY) {
      const [key, value] = entryOf(await read(file, at + start, length));
      entries.set(key, value);
    }
    at += start + length;
    if (at > size) throw new RangeError('the file ends inside of a field');
  }
  return entries;
}

type Head = {
  readonly field: number;
  readonly wireType: number;
  /** Bytes before the content, and of the content. */
  readonly start: number;
  readonly length: number;
};

function headOf(bytes: Buffer): Head {
  const tag = varintAt(bytes, 0);
  const [field, wireType] = [Math.floor(tag.value / 8), tag.value % 8];
  const { end: start } = tag;
  if (wireType === LENGTH_DELIMITED) {
    const { value: length, end } = varintAt(bytes, start);
    return { field, wireType, start: end, length };
  }
  if (wireType === VARINT) return { field, wireType, start, length: varintAt(bytes, start).end - start };
  if (wireType === FIXED_64) return { field, wireType, start, length: 8 };
  if (wireType === FIXED_32) return { field, wireType, start, length: 4 };
  throw new RangeError(`no field of a protocol buffer has the wire type ${wireType}`);
}

/** StringStringEntryProto: key and value. */
function entryOf(bytes: Buffer): [string, string] {
  const texts = ['', '', ''];
  for (let at = 0; at < bytes.length;) {
    const { field, start, length } = headOf(bytes.subarray(at));
    if (field < texts.length) texts[field] = bytes.toString('utf8', at + start, at + start + length);
    at += start + length;
  }
  return [texts[1] ?? '', texts[2] ?? ''];
}

/** Lengths are below 2^53; of ten bytes the last ones are sign. */
function varintAt(bytes: Buffer, from: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) throw new RangeError('the file ends inside of a number');
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: from + index + 1 };
  }
  throw new RangeError('a number of more than ten bytes');
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}
