import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetPath } from '../asset-path.ts';
import type { AsrRequest } from './asr-engine.ts';
import { pocketSphinx } from './pocketsphinx.ts';

const NONE = '/nowhere/pocketsphinx';
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'pocketsphinx-test-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

function request(more: Partial<AsrRequest> = {}): AsrRequest {
  return {
    wavPath: assetPath('speech/sense_and_sensibility_01_austen_64kb-0930.wav'),
    speech: [
      { from: 0.1, to: 1.5 },
      { from: 1.5, to: 3.2 },
    ],
    scratch,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  };
}

/** A program that does what the script says, in place of PocketSphinx 5. */
async function program(script: string): Promise<string> {
  const path = join(scratch, 'fake-pocketsphinx');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('version 0.8', () => {
  const engine = pocketSphinx({ singleProgram: NONE });

  test('recognizes segment by segment, in the time of the recording, and tells how far it is', async () => {
    const progress: number[] = [];
    const outcome = await engine.recognize(request({ onProgress: (fraction) => progress.push(fraction) }));
    const words = outcome.kind === 'recognized' ? outcome.words : [];
    expect(words.map(({ text }) => text)).toContain('might');
    expect(words.some(({ from }) => from > 1.5)).toBe(true);
    for (const [index, { from, to }] of words.entries()) {
      expect(to).toBeGreaterThan(from);
      expect(from).toBeGreaterThanOrEqual(words[index - 1]?.to ?? 0.1);
    }
    expect(words.at(-1)?.to).toBeLessThan(3.29);
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBeCloseTo(1.4 / 3.1);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('a WAV that is gone is a failure without its path in the message', async () => {
    const outcome = await engine.recognize(request({ wavPath: join(scratch, 'gone.wav') }));
    expect(outcome).toMatchObject({
      kind: 'failed',
      message: 'PocketSphinx ended unexpectedly on this recording.',
    });
  });
});

describe('version 5', () => {
  test('is asked segment by segment, and its times are moved into the recording', async () => {
    const singleProgram = await program(
      `for last; do :; done; test -s "$last" || exit 9
       echo '{"b":0,"d":1,"p":0,"t":"word","w":[{"b":0.5,"d":0.25,"p":1,"t":"word(3)"},{"b":0.75,"d":0.1,"p":1,"t":"<sil>"}]}'`,
    );
    const outcome = await pocketSphinx({ singleProgram }).recognize(request());
    expect(outcome).toEqual({
      kind: 'recognized',
      language: 'en',
      words: [
        { text: 'word', from: 0.6, to: 0.85 },
        { text: 'word', from: 2, to: 2.25 },
      ],
    });
  });

  test('a model that cannot be loaded is named with its remedy', async () => {
    const singleProgram = await program('echo "FATAL: PocketSphinx decoder init failed" >&2; exit 1');
    const outcome = await pocketSphinx({ singleProgram }).recognize(request());
    expect(outcome).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('apt-get') as string });
  });

  test('a crash fails the job and says no more than that', async () => {
    const singleProgram = await program('kill -SEGV $$');
    const outcome = await pocketSphinx({ singleProgram }).recognize(request());
    expect(outcome).toMatchObject({
      kind: 'failed',
      message: 'PocketSphinx ended unexpectedly on this recording.',
    });
  });
});

describe('what is installed', () => {
  test('version 5 is preferred', async () => {
    const engine = pocketSphinx({ singleProgram: await program('exit 0') });
    expect(await engine.availability(scratch)).toMatchObject({ kind: 'ready', version: '5' });
  });

  test('a missing program and a missing model are told apart, with the command to install them', async () => {
    const noProgram = pocketSphinx({ singleProgram: NONE, batchProgram: NONE });
    const noModel = pocketSphinx({ singleProgram: NONE, batchProgram: 'sh', modelFolders: [] });
    for (const [engine, reason] of [
      [noProgram, 'PocketSphinx was not found.'],
      [noModel, 'The en-us model of PocketSphinx was not found.'],
    ] as const) {
      const remedy = expect.stringContaining('apt-get install pocketsphinx pocketsphinx-en-us') as string;
      expect(await engine.availability(scratch)).toEqual({ kind: 'missing', reason, remedy });
      expect(await engine.recognize(request())).toMatchObject({ kind: 'unavailable', message: remedy });
    }
  });

  test('English in all its forms, or no language, is supported, others are not', () => {
    const engine = pocketSphinx();
    expect([undefined, 'en', 'EN-us', 'en-GB'].every((language) => engine.supports(language))).toBe(true);
    expect(['zh', 'zh-CN', 'enm'].some((language) => engine.supports(language))).toBe(false);
  });
});
