/*
 * Word error rate and real-time factor of every speech engine that is set up here, through the whole pipeline, one
 * job at a time: PocketSphinx, each installed model (SMARTJOBS_MODELS_DIR), a speech server (SMARTJOBS_ASR_URL).
 * Scored by sclite of the NIST scoring toolkit (Debian: sctk). Run with tsx; writes results/ beside it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AsrEngine } from '../src/engines/asr/asr-engine.ts';
import { SherpaPool } from '../src/engines/sherpa/sherpa-pool.ts';
import { readSettings } from '../src/server/settings.ts';
import { speechEngines } from '../src/server/speech-engines.ts';
import { recordings, type Recording } from '../test/speech/recordings.ts';
import { runPipeline, transcriptOf } from '../test/speech/run-pipeline.ts';
import { wordsOf } from '../test/speech/word-error-rate.ts';
import { speechWavSeconds } from '../src/engines/media/speech-wav.ts';
import { machine } from './figures.ts';
import { scoreBySclite, type Heard, type SpeechScore } from './sclite.ts';
import { spokenPrompts } from './spoken-prompts.ts';

type Row = SpeechScore & {
  readonly engine: string;
  readonly set: string;
  readonly sentences: number;
  readonly secondsOfAudio: number;
  /** Seconds of work a second of audio, all steps included; one job at a time. */
  readonly realTimeFactor: number;
};

const scratch = await mkdtemp(join(tmpdir(), 'asr-engines-'));
const sets: Record<string, readonly Recording[]> = {
  'five LibriVox sentences': recordings(),
  'sixty telephone prompts': spokenPrompts(scratch),
};

async function measure(engine: AsrEngine, set: string, spoken: readonly Recording[]): Promise<Row> {
  const sentences: Heard[] = [];
  let secondsOfAudio = 0;
  const began = performance.now();
  for (const { path, words } of spoken) {
    const outcome = await runPipeline(path, { parts: { engines: [engine] }, editingConfig: '{"Language":"en"}' });
    const segments =
      outcome.kind === 'failed' && outcome.failure.code === 'NoValidVocal' ? [] : transcriptOf(outcome);
    sentences.push({ said: words, heard: segments.flatMap(({ content }) => wordsOf(content)) });
    secondsOfAudio += (await speechWavSeconds(path)) ?? 0;
  }
  const realTimeFactor = Number(((performance.now() - began) / 1000 / secondsOfAudio).toFixed(3));
  const score = await scoreBySclite(sentences);
  const seconds = Number(secondsOfAudio.toFixed(1));
  return { engine: engine.name, set, sentences: spoken.length, secondsOfAudio: seconds, ...score, realTimeFactor };
}

// As a server that is started here would have them.
const read = readSettings({ flags: {}, env: process.env, cwd: process.cwd() });
if (read.kind === 'problems') throw new Error(read.problems.join('\n'));
const pool = new SherpaPool({ processes: 1 });
const { engines } = await speechEngines(read.settings, pool);
const rows: Row[] = [];
for (const engine of engines.filter((one) => one.supports('en'))) {
  for (const [set, spoken] of Object.entries(sets)) {
    if (spoken.length === 0) {
      process.stderr.write(`${set}: not installed (Debian: asterisk-core-sounds-en, -en-g722), so not measured\n`);
      continue;
    }
    const row = await measure(engine, set, spoken);
    process.stdout.write(`${JSON.stringify(row)}\n`);
    rows.push(row);
  }
}
const result = {
  what: 'Speech engines through the whole ASR pipeline, one job at a time; word errors scored by sclite',
  note:
    'The LibriVox sentences are those that the options of PocketSphinx were picked by, so its figure on them flatters; ' +
    'the prompts (CC-BY-SA, not in this repository) were not used for that.',
  machine: machine(),
  rows,
};
await writeFile(new URL('results/asr-engines.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
await pool.stop();
await rm(scratch, { recursive: true });
