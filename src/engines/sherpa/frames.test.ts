import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader, frameLine, type Frame } from './frames.ts';

function read(chunks: readonly Buffer[], limits?: { line: number; bytes: number }): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader((frame) => frames.push(frame), limits);
  for (const chunk of chunks) reader.add(chunk);
  return frames;
}

/** Cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

test('frames come out as they went in, however the stream is cut', () => {
  const frame = fc.record({
    json: fc.dictionary(
      fc.string().filter((key) => key !== 'bytes' && key !== '__proto__'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.integer()),
    ),
    bytes: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat()), (sent, places) => {
      const stream = sent.flatMap(({ json, bytes }) => [Buffer.from(frameLine(json, bytes.length)), bytes]);
      const received = read(cut(Buffer.concat(stream), places));
      expect(received.map(({ json, bytes }) => ({ json, bytes: Uint8Array.from(bytes) }))).toEqual(
        sent.map(({ json, bytes }) => ({ json: JSON.parse(JSON.stringify(json)) as unknown, bytes })),
      );
    }),
  );
});

test('the bytes can be looked at as samples', () => {
  const samples = Float32Array.of(0.5, -0.25);
  const [frame] = read([Buffer.from(frameLine({}, 8)), Buffer.from(samples.buffer)]);
  const bytes = frame?.bytes ?? Buffer.alloc(0);
  expect(new Float32Array(bytes.buffer, bytes.byteOffset, 2)).toEqual(samples);
});

describe('what is no frame ends the conversation', () => {
  test.each(['nonsense\n', '[]\n', 'null\n', '{}\n', '{"bytes":-1}\n', '{"bytes":1.5}\n', '{"bytes":"4"}\n'])(
    '%j',
    (text) => {
      expect(() => read([Buffer.from(text)])).toThrow(/line is|'bytes'/);
    },
  );

  test('a line or bytes over their limit, before they are held', () => {
    const limits = { line: 20, bytes: 10 };
    expect(() => read([Buffer.alloc(21, 'a')], limits)).toThrow('longer than 20');
    expect(() => read([Buffer.from('{"bytes":11}\n')], limits)).toThrow('0 to 10');
  });

  test('whatever comes, it is read or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (chunks) => {
        const refusals: unknown[] = [];
        try {
          read(chunks.map((chunk) => Buffer.from(chunk)));
        } catch (error) {
          refusals.push(error);
        }
        expect(refusals.every((error) => /^(a line|'bytes')/.test((error as Error).message))).toBe(true);
      }),
    );
  });
});
