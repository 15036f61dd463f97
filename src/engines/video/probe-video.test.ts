import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeVideo } from './probe-video.ts';

let folder = '';
const signal = new AbortController().signal;

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder });
}

const picture = (options: string): string[] => ['-f', 'lavfi', '-i', `testsrc2=${options}`];
const sound = ['-f', 'lavfi', '-i', 'sine=d=1:r=44100'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
  ffmpeg(...picture('s=64x48:r=30000/1001:d=1'), ...sound, ...h264, '-c:a', 'aac', '-ac', '2', 'plain.mp4');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const probe = async (name: string) => await probeVideo(join(folder, name), {}, { scratch: folder, signal });

describe('a video', () => {
  test('has its size, its exact frame rate, its frames and its sound', async () => {
    expect(await probe('plain.mp4')).toMatchObject({
      kind: 'probed',
      probed: {
        container: expect.stringContaining('mp4'),
        video: {
          ...{ codec: 'h264', width: 64, height: 48, frameRate: { frames: 30_000, seconds: 1001 }, even: true },
          ...{ frames: 30, pixelFormat: 'yuv420p', interlaced: false, squarePixels: true },
        },
        audio: { codec: 'aac', channels: 2, sampleRate: 44_100 },
      },
    });
  });

  test('that lies on its side is seen upright', async () => {
    ffmpeg('-i', 'plain.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'turned.mp4');
    expect(await probe('turned.mp4')).toMatchObject({ probed: { video: { width: 48, height: 64 } } });
  });

  test('of wide pixels is as wide as it is seen', async () => {
    ffmpeg(...picture('s=64x48:r=10:d=1,setsar=3/2'), ...h264, 'wide.mp4');
    const outcome = await probe('wide.mp4');
    expect(outcome).toMatchObject({ probed: { video: { width: 96, height: 48, squarePixels: false } } });
    expect(outcome).not.toHaveProperty('probed.audio');
  });

  test('of uneven frames says so', async () => {
    const uneven = ['-vf', "select='not(mod(n,3))+lt(n,9)'", '-vsync', 'vfr'];
    ffmpeg(...picture('s=64x48:r=30:d=1'), ...uneven, ...h264, 'uneven.mp4');
    expect(await probe('uneven.mp4')).toMatchObject({ probed: { video: { even: false } } });
  });
});

test('a recording with a cover has no video, and a text is refused', async () => {
  const cover = ['-map', '0', '-map', '1', '-c:v', 'mjpeg', '-disposition:v', 'attached_pic'];
  ffmpeg(...sound, ...picture('s=64x48:r=1:d=1'), ...cover, '-c:a', 'libmp3lame', 'cover.mp3');
  const outcome = await probe('cover.mp3');
  expect(outcome).toMatchObject({ kind: 'probed', probed: { audio: { codec: 'mp3' } } });
  expect(outcome).not.toHaveProperty('probed.video');
  writeFileSync(join(folder, 'text'), 'no video');
  expect((await probe('text')).kind).toBe('unreadable');
});
