import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pictureSeconds } from './picture-seconds.ts';
import { probeVideo } from './probe-video.ts';

const folder = mkdtempSync(join(tmpdir(), 'picture-seconds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const surroundings = { scratch: folder, signal: new AbortController().signal };

test('a recording that declares no length has one', async () => {
  const path = join(folder, 'screen.webm');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=5', '-c:v', 'libvpx'];
  // Into a pipe, where the length cannot be written into the header afterwards.
  writeFileSync(path, execFileSync('ffmpeg', ['-v', 'error', ...source, '-f', 'webm', 'pipe:1']));
  expect(await probeVideo(path, {}, surroundings)).toMatchObject({ probed: { seconds: undefined } });
  const seconds = (await pictureSeconds(path, {}, surroundings)) ?? 0;
  expect(Math.abs(seconds - 5)).toBeLessThan(0.15);
});

test('what is no video has none', async () => {
  const path = join(folder, 'none.webm');
  writeFileSync(path, 'nothing');
  expect(await pictureSeconds(path, {}, surroundings)).toBeUndefined();
});
