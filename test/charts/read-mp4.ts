/** What the tables of an MP4 with one video track say. Written from ISO/IEC 14496-12 and -15, not from an encoder. */
export type Mp4 = {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Seconds. */
  readonly duration: number;
  /** The lengths of frames that occur, in seconds: one where the rate is constant. */
  readonly frameLengths: readonly number[];
  /** Bits a second, of the frames alone. */
  readonly bitrate: number;
  /** As `avc1.64001f`. */
  readonly codec: string;
  /** 1 is 4:2:0. */
  readonly chromaFormat: number;
  /** Frames at which a player can begin, from 1. */
  readonly keyFrames: readonly number[];
};

export function readMp4(file: Buffer): Mp4 {
  const moov = box(file, 'moov');
  const trak = box(moov, 'trak');
  const mdhd = box(trak, 'mdia', 'mdhd');
  const wide = mdhd.readUInt8(0) === 1;
  const timescale = mdhd.readUInt32BE(wide ? 20 : 12);
  const table = (name: string): Buffer => box(trak, 'mdia', 'minf', 'stbl', name);
  const stts = table('stts');
  const lengths = entries(stts, 8, 2).map(([count = 0, length = 0]) => ({ count, length: length / timescale }));
  const duration = lengths.reduce((sum, { count, length }) => sum + count * length, 0);
  const stsz = table('stsz');
  const sizes = Array.from({ length: stsz.readUInt32BE(8) }, (_, at) => stsz.readUInt32BE(12 + 4 * at));
  const avc1 = box(table('stsd').subarray(8), 'avc1');
  const avcC = box(avc1.subarray(78), 'avcC');
  return {
    width: avc1.readUInt16BE(24),
    height: avc1.readUInt16BE(26),
    frames: sizes.length,
    duration,
    frameLengths: [...new Set(lengths.map(({ length }) => length))],
    bitrate: (8 * sizes.reduce((sum, size) => sum + size, 0)) / duration,
    codec: `avc1.${avcC.toString('hex', 1, 4)}`,
    chromaFormat: chromaFormatOf(avcC.subarray(8, 8 + avcC.readUInt16BE(6))),
    keyFrames: entries(table('stss'), 8, 1).map(([frame = 0]) => frame),
  };
}

/** The content of a box within boxes. */
function box(data: Buffer, name: string, ...inside: readonly string[]): Buffer {
  for (let at = 0; at + 8 <= data.length;) {
    const size = data.readUInt32BE(at);
    if (size < 8) throw new Error(`a box of ${size} bytes`);
    if (data.toString('latin1', at + 4, at + 8) === name) {
      const content = data.subarray(at + 8, at + size);
      const [next, ...rest] = inside;
      return next === undefined ? content : box(content, next, ...rest);
    }
    at += size;
  }
  throw new Error(`no box ${name}`);
}

/** Rows of numbers behind a count. */
function entries(data: Buffer, from: number, columns: number): number[][] {
  return Array.from({ length: data.readUInt32BE(from - 4) }, (_, row) =>
    Array.from({ length: columns }, (_column, at) => data.readUInt32BE(from + 4 * (row * columns + at))),
  );
}

/** Of a sequence parameter set; profiles below High have 4:2:0 without saying so. */
function chromaFormatOf(sps: Buffer): number {
  if (sps.readUInt8(1) < 100) return 1;
  const bits = [...sps.subarray(4)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const next = (): number => {
    const zeros = bits.indexOf('1', at) - at;
    const value = Number.parseInt(bits.slice(at + zeros, at + 2 * zeros + 1), 2) - 1;
    at += 2 * zeros + 1;
    return value;
  };
  next();
  return next();
}
