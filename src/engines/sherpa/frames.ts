/**
 * What goes over the pipes between the server and a sherpa-onnx child, in both directions: a line of JSON, and behind
 * it as many bytes as its `bytes` says. Sound travels as bytes, 32-bit float little-endian, as the library takes it.
 */
export type Frame = {
  /** Without `bytes`, which belongs to the frame. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
};

export type FrameLimits = { readonly line: number; readonly bytes: number };

/** A line of 8 MiB holds the words of an hour; 1 GiB of bytes are four and a half hours of sound. */
const FRAME_LIMITS: FrameLimits = { line: 8 * 1024 * 1024, bytes: 1024 * 1024 * 1024 };

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/** The first line of a frame; the bytes follow it as they are. */
export function frameLine(json: Readonly<Record<string, unknown>>, bytes: number): string {
  return `${JSON.stringify({ ...json, bytes })}\n`;
}

/** Puts frames together out of the chunks of a stream. The bytes of a frame are copied once, into their final place. */
export class FrameReader {
  readonly #limits: FrameLimits;
  readonly #onFrame: (frame: Frame) => void;
  #line: Buffer[] = [];
  #lineLength = 0;
  #open: { readonly json: Frame['json']; readonly bytes: Buffer; filled: number } | undefined;

  constructor(onFrame: (frame: Frame) => void, limits = FRAME_LIMITS) {
    this.#limits = limits;
    this.#onFrame = onFrame;
  }

  /** Throws where what comes is not of this form; nothing that comes after it can be understood. */
  add(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#open === undefined ? this.#readLine(rest) : this.#readBytes(rest);
  }

  #readLine(chunk: Buffer): Buffer {
    const end = chunk.indexOf(NEWLINE);
    const part = end < 0 ? chunk : chunk.subarray(0, end);
    this.#lineLength += part.length;
    if (this.#lineLength > this.#limits.line) throw new Error(`a line is longer than ${this.#limits.line} bytes`);
    this.#line.push(part);
    if (end < 0) return NOTHING;
    const line = Buffer.concat(this.#line).toString('utf8');
    this.#line = [];
    this.#lineLength = 0;
    this.#begin(line);
    return chunk.subarray(end + 1);
  }

  #begin(line: string): void {
    const { bytes, ...json } = parseLine(line);
    if (!Number.isInteger(bytes) || (bytes as number) < 0 || (bytes as number) > this.#limits.bytes) {
      throw new Error(`'bytes' is to be a whole number from 0 to ${this.#limits.bytes}`);
    }
    // Outside of the shared pool, so that the samples are aligned for a Float32Array.
    const open = { json, bytes: Buffer.from(new ArrayBuffer(bytes as number)), filled: 0 };
    if (open.bytes.length === 0) this.#onFrame(open);
    else this.#open = open;
  }

  #readBytes(chunk: Buffer): Buffer {
    const open = this.#open;
    if (open === undefined) return chunk;
    const taken = chunk.copy(open.bytes, open.filled);
    open.filled += taken;
    if (open.filled === open.bytes.length) {
      this.#open = undefined;
      this.#onFrame({ json: open.json, bytes: open.bytes });
    }
    return chunk.subarray(taken);
  }
}

function parseLine(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('a line is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a line is no object');
  return value as Record<string, unknown>;
}
