import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { editDistance } from '../../src/engines/edit-distance.ts';
import type { BurnedLine } from '../../src/engines/ocr/burned-line.ts';
import { detextAreas } from '../../src/engines/ocr/detext-areas.ts';
import { paintOver } from '../../src/engines/ocr/paint-over.ts';
import {
  readBurnedText,
  type BurnedTextOutcome,
  type BurnedTextRequest,
  type KeptParts,
} from '../../src/engines/ocr/read-burned-text.ts';
import { tesseract } from '../../src/engines/ocr/tesseract.ts';
import { burnedVideo, ffmpeg, H264, type WrittenText } from './burned-video.ts';

// Each makes a video and reads it: five seconds of work, on a crowded machine many times that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'burned-text-'));
const scratch = mkdtempSync(join(tmpdir(), 'burned-scratch-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(scratch, { recursive: true });
});

const ENGLISH: WrittenText[] = [
  { from: 0.8, to: 2.9, text: 'The first train leaves at seven.', style: 'white' },
  { from: 2.9, to: 5.3, text: 'Nobody knew why the old bridge\nhad been closed for so long.', style: 'white' },
  { from: 6, to: 8.4, text: 'We should have asked the captain.', style: 'yellow' },
  { from: 8.6, to: 11.4, text: 'Quick, jump over the lazy dog!', style: 'yellow' },
];
const CHINESE: WrittenText[] = [
  { from: 0.8, to: 2.9, text: '第一班火车七点钟出发。', style: 'chinese' },
  { from: 2.9, to: 5.3, text: '没有人知道为什么\n那座老桥关闭了这么久。', style: 'chinese' },
  { from: 6, to: 8.5, text: '我们应该先问问船长。', style: 'chinese' },
  { from: 8.6, to: 11.4, text: '明天下午天气会变得更冷。', style: 'chinese' },
];
const SLIDES: WrittenText[] = [
  { from: 0.5, to: 2.5, text: 'Water the plants twice a week', style: 'black' },
  { from: 2.7, to: 5, text: 'and keep them out of the wind.', style: 'black' },
];
const MARK: WrittenText = { from: 0, to: 12, text: 'CHANNEL 5', style: 'mark' };
const SIGN: WrittenText = { from: 4.2, to: 6.6, text: 'Mill Street', style: 'sign' };

async function read(path: string, more: Partial<BurnedTextRequest> = {}): Promise<readonly BurnedLine[]> {
  const outcome = await tryToRead(path, more);
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome));
  return outcome.lines;
}

function tryToRead(path: string, more: Partial<BurnedTextRequest>): Promise<BurnedTextOutcome> {
  const { signal } = new AbortController();
  const usual = { seconds: 12, width: 640, height: 360, area: 'Auto', language: 'en' } as const;
  return readBurnedText({ path, ...usual, scratch, signal, ...more }, { media: {}, reader: tesseract() });
}

/** Wrong characters, of those that were written; rows are joined by spaces. */
function errorRate(lines: readonly BurnedLine[], written: readonly WrittenText[]): number {
  const [was, is] = [written, lines].map((list) => list.map(({ text }) => text.replaceAll('\n', ' ')).join('\n'));
  return editDistance(is ?? '', was ?? '') / (was ?? '').length;
}

/** Seconds by which the worst of the times is wrong; Infinity where there are more lines, or fewer. */
function worstTime(lines: readonly BurnedLine[], written: readonly WrittenText[]): number {
  if (lines.length !== written.length) return Infinity;
  const errors = written.flatMap(({ from, to }, index) => {
    const line = lines[index];
    return line === undefined ? [Infinity] : [Math.abs(line.from - from), Math.abs(line.to - to)];
  });
  return Math.max(...errors);
}

describe('English on a busy, moving picture', () => {
  let path = '';
  let lines: readonly BurnedLine[] = [];
  beforeAll(async () => {
    path = burnedVideo(folder, 'busy', [MARK, SIGN, ...ENGLISH], 12);
    lines = await read(path);
  });

  test('nine characters of ten are right, in white and in yellow, in one row and in two', () => {
    expect(errorRate(lines, ENGLISH)).toBeLessThan(0.1);
  });

  test('each line has its times, to half a second', () => expect(worstTime(lines, ENGLISH)).toBeLessThan(0.5));

  test("the subtitles' place is found: neither the channel's mark nor a sign in the scene is among them", () => {
    for (const { area } of lines) {
      expect(area.y).toBeGreaterThan(0.75);
      expect(area.y + area.height).toBeGreaterThan(0.94);
      expect(Math.abs(area.x + area.width / 2 - 0.5)).toBeLessThan(0.03);
    }
  });

  test('no picture is left behind', async () => {
    expect((await readdir(scratch)).filter((name) => name.endsWith('.pgm'))).toEqual([]);
  });

  test('where the text was painted over, none can be read', async () => {
    const painted = join(folder, 'painted.mp4');
    const chain = paintOver(detextAreas({ lines }), { width: 640, height: 360 });
    await writeFile(join(folder, 'chain.txt'), chain);
    ffmpeg(folder, ['-i', path, '-filter_script:v', 'chain.txt', ...H264, painted]);
    expect(await read(painted, { area: { x: 0, y: 0.75, width: 1, height: 0.25 } })).toEqual([]);
  });
});

describe('Chinese before bars as white as its letters', () => {
  let lines: readonly BurnedLine[] = [];
  beforeAll(async () => {
    const path = burnedVideo(folder, 'bars', CHINESE, 12);
    lines = await read(path, { language: 'zh', area: { x: 0, y: 0.7, width: 1, height: 0.3 } });
  });

  test('nine characters of ten are right', () => expect(errorRate(lines, CHINESE)).toBeLessThan(0.1));
  test('each line has its times, to half a second', () => expect(worstTime(lines, CHINESE)).toBeLessThan(0.5));
});

test('black letters on paper are read at the top of the picture too', async () => {
  const lines = await read(burnedVideo(folder, 'paper', SLIDES, 6), { seconds: 6 });
  expect(errorRate(lines, SLIDES)).toBeLessThan(0.1);
  expect(worstTime(lines, SLIDES)).toBeLessThan(0.5);
});

test('a line that comes and goes with a still scene is told from it', async () => {
  const line: WrittenText = { from: 0, to: 3, text: 'When the rain had stopped', style: 'white' };
  const lines = await read(burnedVideo(folder, 'still', [line], 3), {
    seconds: 3,
    area: { x: 0, y: 0.5, width: 1, height: 0.5 },
  });
  expect(errorRate(lines, [line])).toBeLessThan(0.1);
  expect(worstTime(lines, [line])).toBeLessThan(0.5);
});

test('a part of the video that an earlier run has read is not read again', async () => {
  const path = burnedVideo(folder, 'paper', SLIDES, 6);
  const parts = new Map<number, string>();
  const kept: KeptParts = {
    get: async (start) => {
      const saved = parts.get(start);
      return saved === undefined ? undefined : (JSON.parse(saved) as readonly BurnedLine[]);
    },
    save: async (start, lines) => void parts.set(start, JSON.stringify(lines)),
  };
  const first = await read(path, { seconds: 6, kept });
  expect([...parts.keys()]).toEqual([0]);
  rmSync(path);
  expect(await read(path, { seconds: 6, kept })).toEqual(first);
});

test('a video without text has no lines', async () => {
  expect(await read(burnedVideo(folder, 'bars', [], 6), { seconds: 6 })).toEqual([]);
});

describe('what cannot be read', () => {
  test('a language without data is named, with its package', async () => {
    const outcome = await tryToRead('none.mp4', { language: 'zu' });
    expect(outcome).toMatchObject({ kind: 'unavailable', message: expect.stringContaining("'zu'") as string });
    const welsh = await tesseract().obstacle('eu');
    expect(welsh).toContain('apt-get install tesseract-ocr-eus');
  });

  test('a reader that is missing is unavailable, with the command that brings it', async () => {
    const reader = tesseract({ program: '/nowhere/tesseract' });
    expect(await reader.obstacle('en')).toContain('apt-get install tesseract-ocr');
    expect(await reader.availability(scratch)).toMatchObject({ kind: 'missing' });
  });

  test('a language that is installed meanwhile is read at once', async () => {
    const program = join(folder, 'tesseract');
    const install = async (...languages: string[]): Promise<void> => {
      await writeFile(program, `#!/bin/sh\nprintf 'List:\\n${languages.join('\\n')}\\n'\n`, { mode: 0o755 });
    };
    await install('eng');
    const reader = tesseract({ program });
    expect(await reader.obstacle('en')).toBeUndefined();
    expect(await reader.obstacle('ja')).toContain('apt-get install tesseract-ocr-jpn');
    await install('eng', 'jpn');
    expect(await reader.obstacle('ja')).toBeUndefined();
  });

  test('a file that is no video fails, and an abort throws its reason', async () => {
    const path = join(folder, 'none.mp4');
    await writeFile(path, 'nothing');
    expect(await tryToRead(path, {})).toMatchObject({ kind: 'failed' });
    await expect(tryToRead(path, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
  });
});
