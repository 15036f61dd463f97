import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SherpaPool } from '../engines/sherpa/sherpa-pool.ts';
import { describeSynthesis } from './describe-synthesis.ts';
import { synthesisEngines, type SynthesisEngines } from './synthesis-engines.ts';

let folder: string;
const pool = new SherpaPool({ processes: 1 });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthesis-'));
});
afterEach(() => rm(folder, { recursive: true }));

const SERVER = { url: 'http://127.0.0.1:1', apiKey: '', model: 'tts-1', voices: ['alloy', 'nova'] };

const ask = (tts?: typeof SERVER): (() => Promise<SynthesisEngines>) =>
  synthesisEngines({ tts, models: { dir: join(folder, 'models'), base: '' }, ffmpegPath: undefined }, pool);

test('the programs of this machine speak, and every voice has its engine', async () => {
  const { engines, voices, engineOf } = await ask()();
  expect(engines.map(({ name }) => name)).toEqual(['flite', 'espeak-ng']);
  expect(engineOf('flite:slt')?.name).toBe('flite');
  expect(engineOf('espeak-ng:cmn')?.name).toBe('espeak-ng');
  expect(engineOf('nobody')).toBeUndefined();
  expect(voices.every(({ id }) => engineOf(id) !== undefined)).toBe(true);
});

test('while nothing changes, the same answer comes again: lists of voices are kept by it', async () => {
  const synthesis = ask();
  const first = await synthesis();
  expect(await synthesis()).toBe(first);
});

test('a configured server goes first, with the voices that the operator named', async () => {
  const { engines, voices } = await ask(SERVER)();
  expect(engines[0]?.name).toBe('speech server 127.0.0.1:1');
  expect(voices.slice(0, 2).map(({ id }) => id)).toEqual(['http:alloy', 'http:nova']);
});

test('the start-up text says who speaks, and what to do where nobody does', async () => {
  const here = await ask(SERVER)();
  expect(describeSynthesis(here)).toMatch(
    /^speech server 127\.0\.0\.1:1 \(2 voices\), flite \(\d voices\), espeak-ng \(/,
  );
  const nothing = { engines: here.engines, voices: [], engineOf: () => undefined };
  expect(describeSynthesis(nothing)).toContain('apt-get install flite espeak-ng');
});
