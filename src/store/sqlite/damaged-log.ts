import { existsSync, readFileSync } from 'node:fs';
import { UnusableDatabase } from './migrations.ts';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The lowest bit says in which byte order the checksums were made. */
const MAGIC = 0x37_7f_06_82;

/** What a write-ahead log holds: up to which byte it can be read, and what lies behind that byte. */
export type LogState = {
  readonly readableBytes: number;
  readonly commitsBehind: number;
  /** Of the log's newest filling, readable or not. */
  readonly frames: number;
};

/** SQLite begins to copy the log into the database when it has so many frames. */
const CHECKPOINT_FRAMES = 1_000;

/**
 * SQLite reads a write-ahead log up to the first frame whose checksum does not fit, and passes over the rest without
 * a word: that is how it finds the end of what was written before a crash. So a damaged byte in the middle would lose
 * every commit behind it in silence, and they were answered. Here such a log is refused instead.
 *
 * A crash leaves at most one commit behind the last readable one, since each is synced before the next is written.
 * Two or more mean damage. One that is damaged itself and is the last cannot be told from one that was never synced.
 *
 * @throws UnusableDatabase
 */
export function refuseDamagedLog(databasePath: string): void {
  const path = `${databasePath}-wal`;
  // Read whole: it is a few megabytes, and there only when the server before was killed.
  const { readableBytes, commitsBehind, frames } = readLog(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
  if (commitsBehind < 2) return;
  // Once pages were copied, the first part of the log alone would mix old pages with new ones.
  const wayOut =
    frames < CHECKPOINT_FRAMES
      ? ` To go on without them, cut the file there: truncate -s ${readableBytes} ${path}`
      : '';
  throw new UnusableDatabase(
    `${path} is damaged at byte ${readableBytes}: ${commitsBehind} commits behind it were answered and cannot be ` +
      `read. Restore a backup.${wayOut}`,
  );
}

export function readLog(log: Buffer): LogState {
  if (log.length < HEADER_BYTES) return { readableBytes: 0, commitsBehind: 0, frames: 0 };
  // A header is written in one go, so one that does not fit was whole once. The frames still name their filling.
  const header = readHeader(log) ?? lostHeader(log);
  const { frameBytes, salt, littleEndian } = header;
  let { sums } = header;
  const state = { readableBytes: sums === undefined ? 0 : HEADER_BYTES, commitsBehind: 0, frames: 0 };
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    const ours = log.subarray(at + 8, at + 16).equals(salt);
    if (sums !== undefined) sums = ours ? sumsAfter(log, at, frameBytes, sums, littleEndian) : undefined;
    if (ours) state.frames += 1;
    if (!ours || !isCommit(log, at)) continue;
    if (sums === undefined) state.commitsBehind += 1;
    else state.readableBytes = at + frameBytes;
  }
  return state;
}

/** The sums that the next frame goes on with; undefined where they are not the ones in the frame. */
function sumsAfter(
  log: Buffer,
  frame: number,
  bytes: number,
  before: Sums,
  littleEndian: boolean,
): Sums | undefined {
  const head = checksum(log, { start: frame, length: 8 }, before, littleEndian);
  const page = { start: frame + FRAME_HEADER_BYTES, length: bytes - FRAME_HEADER_BYTES };
  const sums = checksum(log, page, head, littleEndian);
  return log.readUInt32BE(frame + 16) === sums[0] && log.readUInt32BE(frame + 20) === sums[1] ? sums : undefined;
}

type Sums = readonly [number, number];
type Header = {
  readonly frameBytes: number;
  /** Of this filling of the log: frames with another one are left over from before. */
  readonly salt: Buffer;
  readonly littleEndian: boolean;
  /** Undefined where the header is damaged: then no frame can be read. */
  readonly sums: Sums | undefined;
};

function readHeader(log: Buffer): Header | undefined {
  const magic = log.readUInt32BE(0);
  const littleEndian = magic === MAGIC;
  if (!littleEndian && magic !== MAGIC + 1) return undefined;
  const sums = checksum(log, { start: 0, length: 24 }, [0, 0], littleEndian);
  if (log.readUInt32BE(24) !== sums[0] || log.readUInt32BE(28) !== sums[1]) return undefined;
  return { frameBytes: FRAME_HEADER_BYTES + log.readUInt32BE(8), salt: log.subarray(16, 24), littleEndian, sums };
}

/** A frame that ends a transaction says how large the database is from then on. */
function isCommit(log: Buffer, frame: number): boolean {
  return log.readUInt32BE(frame + 4) !== 0;
}

/** The databases of this server have pages of the usual size. */
function lostHeader(log: Buffer): Header {
  const salt = log.subarray(HEADER_BYTES + 8, HEADER_BYTES + 16);
  return { frameBytes: FRAME_HEADER_BYTES + 4096, salt, littleEndian: true, sums: undefined };
}

/** SQLite's own: two sums over 32 bit words, each fed into the other. `length` is a multiple of 8. */
function checksum(
  bytes: Buffer,
  { start, length }: { readonly start: number; readonly length: number },
  before: Sums,
  littleEndian: boolean,
): Sums {
  let [first, second] = before;
  for (let at = start; at < start + length; at += 8) {
    const one = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    const two = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
    first = (first + one + second) >>> 0;
    second = (second + two + first) >>> 0;
  }
  return [first, second];
}
