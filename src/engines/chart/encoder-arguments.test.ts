import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encoderArguments } from './encoder-arguments.ts';

const run = promisify(execFile);
const [WIDTH, HEIGHT, FRAMES] = [320, 240, 60];
/** So many at once keep every core busy, and each of them is stopped where another was not. */
const RUNS = 16;

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'encoder-arguments-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rings that move: hard to encode at the rate asked, so that the buffer decides about every row. */
function frame(at: number): Buffer {
  const planes = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) planes[y * WIDTH + x] = 16 + ((((x * x + y * y) >> 4) + at * 3) % 200);
  }
  return planes;
}

test('the same frames give the same file, however busy the machine is', async () => {
  const raw = join(folder, 'frames.raw');
  await writeFile(raw, Buffer.concat(Array.from({ length: FRAMES }, (_, at) => frame(at))));
  const encoding = { width: WIDTH, height: HEIGHT, frameRate: 25, bitrate: 400 };
  const digests = await Promise.all(
    Array.from({ length: RUNS }, async (_, at) => {
      const video = join(folder, `${at}.mp4`);
      const args = encoderArguments(encoding, video).map((word) => (word === 'pipe:0' ? `file:${raw}` : word));
      await run('ffmpeg', args);
      return createHash('sha256')
        .update(await readFile(video))
        .digest('hex');
    }),
  );
  expect(new Set(digests).size).toBe(1);
});
