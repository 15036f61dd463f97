/*
 * How fast each engine of this machine speaks: the seconds of work for a second of speech, from the text of a chunk to
 * its samples, speed and rate set. And one job of 10,000 Chinese characters through the whole pipeline, with the memory
 * of this process and its programs. Run with tsx; writes results/ beside it. Linux only. SMARTJOBS_MODELS_DIR: the models.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SherpaPool } from '../src/engines/sherpa/sherpa-pool.ts';
import { speakChunk } from '../src/engines/tts/audio/speak-chunk.ts';
import { planSpeech, readSpeech } from '../src/engines/tts/plan/plan-speech.ts';
import type { AvailableVoice } from '../src/engines/tts/voices/available-voice.ts';
import { primaryLanguage } from '../src/engines/tts/voices/spoken-language.ts';
import { synthesisEngines } from '../src/server/synthesis-engines.ts';
import { SpeechBench } from '../test/speech/run-tts.ts';
import { machine, rounded } from './figures.ts';
import { treeMemory } from './process-tree.ts';

const TEXTS: Readonly<Record<string, string>> = {
  en: 'The committee decided to build a new hospital in the north of the country. Scientists have discovered a new planet outside the solar system. He was very happy to see his family again after many years. ',
  zh: '委员会决定在北方建一所新医院。科学家在太阳系外发现了一颗新行星。多年以后，他很高兴再次见到自己的家人。',
};
const REPEATS = 5;
const VOICES = /^(flite:slt|flite:kal16|espeak-ng:(en-us|cmn\+f2)|sherpa.*)$/;

const folder = await mkdtemp(join(tmpdir(), 'tts-engines-'));
const pool = new SherpaPool({ processes: 1 });
const models = { dir: process.env['SMARTJOBS_MODELS_DIR'] ?? join(folder, 'models'), base: '' };
const { voices, engineOf } = await synthesisEngines({ tts: undefined, models, ffmpegPath: undefined }, pool)();
const speakers = voices.filter(({ id, engine }) => VOICES.test(id) || engine.startsWith('sherpa'));
const figures: object[] = [];
for (const voice of speakers) {
  for (const speechRate of [0, 200]) figures.push(await measure(voice, speechRate));
}
const result = {
  what: 'seconds of work for a second of speech, chunk by chunk, one at a time',
  machine: machine(),
  engines: figures,
  wholeJob: await wholeJob(),
};
await writeFile(new URL('results/tts-engines.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
await pool.stop();
await rm(folder, { recursive: true });

async function measure(voice: AvailableVoice, speechRate: number): Promise<object> {
  const language = primaryLanguage(voice.languages[0] ?? 'en');
  const read = readSpeech((TEXTS[language] ?? '').repeat(REPEATS));
  const planned = read.kind === 'read' ? planSpeech(read.document, { language }) : read;
  const engine = engineOf(voice.id);
  if (planned.kind !== 'planned' || engine === undefined) throw new Error(`nothing to measure ${voice.id} by`);
  const scratch = join(folder, `${figures.length}`);
  await mkdir(scratch);
  const settings = { speechRate, pitchRate: 0, sampleRate: voice.sampleRate };
  const { signal } = new AbortController();
  const pcmPath = join(scratch, 'chunk.pcm');
  const [began, { chunks }] = [performance.now(), planned.plan];
  let bytes = 0;
  for (const chunk of chunks) {
    const outcome = await speakChunk({ chunk, engine, voice: voice.id, settings, pcmPath, scratch, signal }, {});
    if (outcome.kind !== 'spoken') throw new Error(outcome.message);
    bytes += (await stat(pcmPath)).size;
  }
  const work = (performance.now() - began) / 1000;
  const speech = bytes / 2 / voice.sampleRate;
  process.stderr.write(`${voice.id} ${speechRate}: ${speech.toFixed(0)} s of speech in ${work.toFixed(1)} s\n`);
  return {
    ...{ voice: voice.id, speechRate, chunks: chunks.length, speechSeconds: rounded(speech) },
    ...{ workSeconds: rounded(work), realTimeFactor: Math.round((1000 * work) / speech) / 1000 },
  };
}

async function wholeJob(): Promise<object> {
  const bench = await SpeechBench.open();
  const before = treeMemory(process.pid);
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, treeMemory(process.pid))), 500);
  const began = performance.now();
  const text = (TEXTS['zh'] ?? '').repeat(300).slice(0, 10_000);
  const outcome = await bench.run({ text, object: 'long.mp3', editingConfig: { voice: 'zhitian' } });
  clearInterval(watch);
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
  await bench.close();
  const seconds = (performance.now() - began) / 1000;
  const audio = Number(outcome.result.details?.['AudioSeconds']);
  return {
    ...{ characters: Array.from(text).length, audioMinutes: rounded(audio / 60), workSeconds: rounded(seconds) },
    ...{ realTimeFactor: Math.round((1000 * seconds) / audio) / 1000, memoryMb: { before, peak } },
  };
}
