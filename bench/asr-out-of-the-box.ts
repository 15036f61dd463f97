/*
 * How well and how fast English speech is recognized out of the box: word error rate and real-time factor of the
 * pipeline, and of the ways to call PocketSphinx that were tried for it. Run with tsx; writes results/ beside it.
 * POCKETSPHINX_5 names the `pocketsphinx` of a version 5, to measure that one too.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pocketSphinx } from '../src/engines/asr/pocketsphinx.ts';
import { modelArguments } from '../src/engines/asr/pocketsphinx-model.ts';
import { wordsOfHypseg } from '../src/engines/asr/pocketsphinx-words.ts';
import { assetPath } from '../src/engines/asset-path.ts';
import { speechWavSeconds } from '../src/engines/media/speech-wav.ts';
import { POCKETSPHINX_LIMITS } from '../src/engines/asr/pocketsphinx-failure.ts';
import { runProgram } from '../src/engines/run-program.ts';
import { detectSpeech } from '../src/engines/vad/voice-activity.ts';
import { recordings, type Recording } from '../test/speech/recordings.ts';
import { runPipeline, transcriptOf, type RunOptions } from '../test/speech/run-pipeline.ts';
import { wordErrors, wordsOf } from '../test/speech/word-error-rate.ts';

type Score = { variant: string; wordErrors: number; words: number; wer: number; realTimeFactor: number };
type Hear = (recording: Recording) => Promise<readonly string[]>;

const signal = new AbortController().signal;
const scratch = await mkdtemp(join(tmpdir(), 'asr-bench-'));
const set = recordings();
const model = modelArguments() ?? [];

async function score(variant: string, hear: Hear): Promise<Score> {
  let [errors, words, seconds] = [0, 0, 0];
  const began = performance.now();
  for (const recording of set) {
    errors += wordErrors(recording.words, await hear(recording));
    words += recording.words.length;
    seconds += (await speechWavSeconds(recording.path)) ?? 0;
  }
  const realTimeFactor = Number(((performance.now() - began) / 1000 / seconds).toFixed(3));
  const result = { variant, wordErrors: errors, words, wer: Number((errors / words).toFixed(3)), realTimeFactor };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result;
}

function pipeline(options: RunOptions = {}): Hear {
  return async ({ path }) => {
    const segments = transcriptOf(await runPipeline(path, options));
    return segments.flatMap(({ content }) => wordsOf(content));
  };
}

/** pocketsphinx_batch over the whole file, with more options. */
function batch(...options: string[]): Hear {
  return async ({ name }) => {
    await writeFile(join(scratch, 'ctl'), `${name}\n`);
    const files = ['-cepdir', assetPath('speech'), '-cepext', '.wav', '-ctl', 'ctl', '-hypseg', 'hyp'];
    const args = [...model, '-adcin', 'yes', '-adchdr', '44', ...files, ...options];
    await runProgram({
      program: 'pocketsphinx_batch',
      args,
      scratch,
      timeLimit: 300,
      signal,
      limits: POCKETSPHINX_LIMITS,
    });
    return wordsOfHypseg(await readFile(join(scratch, 'hyp'), 'utf8'), 0).map(({ text }) => text);
  };
}

async function continuous({ path }: Recording): Promise<readonly string[]> {
  const args = [...model, '-infile', path, '-logfn', '/dev/null'];
  const outcome = await runProgram({
    program: 'pocketsphinx_continuous',
    args,
    scratch,
    timeLimit: 300,
    signal,
    limits: POCKETSPHINX_LIMITS,
  });
  return outcome.kind === 'exited' ? wordsOf(outcome.stdout) : [];
}

/** Not a recognizer: the time that voice activity detection takes, as a share of the recording. */
async function voiceActivity(): Promise<number> {
  const wavPath = assetPath('samples/sense-and-sensibility.wav');
  const seconds = (await speechWavSeconds(wavPath)) ?? 0;
  const began = performance.now();
  await detectSpeech({ wavPath, seconds, scratch, signal, onProgress: () => undefined });
  return Number(((performance.now() - began) / 1000 / seconds).toFixed(3));
}

const version5 = process.env['POCKETSPHINX_5'];
const scores = [
  await score('pipeline (Silero VAD, pocketsphinx_batch per segment)', pipeline()),
  ...(version5
    ? [
        await score(
          'pipeline with version 5',
          pipeline({ parts: { engines: [pocketSphinx({ singleProgram: version5 })] } }),
        ),
      ]
    : []),
  await score('pocketsphinx_continuous', continuous),
  await score('pocketsphinx_batch, whole file', batch()),
  await score('pocketsphinx_batch -fwdflat no', batch('-fwdflat', 'no')),
  await score('pocketsphinx_batch -fwdflatlw 6.5', batch('-fwdflatlw', '6.5')),
  await score('pocketsphinx_batch -bestpathlw 8.5', batch('-bestpathlw', '8.5')),
  await score('pocketsphinx_batch -fwdflatlw 7 -bestpathlw 8.5', batch('-fwdflatlw', '7', '-bestpathlw', '8.5')),
  await score('pocketsphinx_batch -lw 8', batch('-lw', '8')),
  await score('pocketsphinx_batch, wide beams', batch('-beam', '1e-60', '-pbeam', '1e-60', '-wbeam', '1e-40')),
];
const result = {
  what: 'English speech recognition out of the box, five LibriVox sentences, 24.7 s, 71 words',
  note:
    'The search options of the pipeline were picked among some 25 variants by these same sentences, so their figure flatters. ' +
    'On 60 spoken prompts (599 words, not in this repository) pocketsphinx_batch went from 23.5 % to 23.2 % with them.',
  machine: { cores: cpus().length, node: process.version },
  voiceActivityRealTimeFactor: await voiceActivity(),
  scores,
};
await writeFile(
  new URL('results/asr-out-of-the-box.json', import.meta.url),
  `${JSON.stringify(result, null, 2)}\n`,
);
await rm(scratch, { recursive: true });
