import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { SPEECH_WAV_HEADER } from '../media/speech-wav.ts';
import { runProgram } from '../run-program.ts';
import { speechSeconds } from '../vad/speech-segments.ts';
import type { AsrOutcome, AsrRequest } from './asr-engine.ts';
import { SEARCH_OPTIONS, type PocketSphinxCall } from './pocketsphinx-model.ts';
import { pocketSphinxFailure, pocketSphinxTimeLimit, POCKETSPHINX_LIMITS } from './pocketsphinx-failure.ts';
import { FRAMES_PER_SECOND, wordsOfHypseg } from './pocketsphinx-words.ts';

/**
 * Version 0.8, by pocketsphinx_batch: one process for the whole recording, which reads each segment's frames out of
 * the one WAV. (pocketsphinx_continuous makes 36.6 % errors where this makes 28.2 % with the same options.)
 * `request.scratch` must be empty.
 */
export async function recognizeByBatch(request: AsrRequest, call: PocketSphinxCall): Promise<AsrOutcome> {
  const { wavPath, speech, scratch, signal } = request;
  const segmentsFile = join(scratch, 'segments');
  const resultFile = join(scratch, 'result');
  const extension = extname(wavPath);
  const name = basename(wavPath, extension);
  const frames = (seconds: number): number => Math.round(seconds * FRAMES_PER_SECOND);
  const lines = speech.map(({ from, to }, index) => `${name} ${frames(from)} ${frames(to)} ${index}\n`);
  await writeFile(segmentsFile, lines.join(''));
  const outcome = await runProgram({
    program: call.program,
    args: [
      ...[...call.model, ...SEARCH_OPTIONS],
      ...['-adcin', 'yes', '-adchdr', String(SPEECH_WAV_HEADER)],
      ...['-cepdir', dirname(wavPath), '-cepext', extension],
      ...['-ctl', segmentsFile, '-hypseg', resultFile],
    ],
    scratch,
    reads: [wavPath],
    limits: POCKETSPHINX_LIMITS,
    timeLimit: pocketSphinxTimeLimit(speech),
    signal,
    onErrorLine: progressOf(request),
  });
  signal.throwIfAborted();
  if (outcome.kind !== 'exited' || outcome.code !== 0) return pocketSphinxFailure(outcome);
  const results = (await readFile(resultFile, 'utf8')).split('\n').filter((line) => line !== '');
  // It exits with 0 even where it could not read the recording; a segment without words still has its line.
  if (results.length < speech.length) return pocketSphinxFailure(outcome);
  const words = results.flatMap((line) => {
    const segment = speech[Number(line.split(' ', 1)[0])];
    return segment === undefined ? [] : wordsOfHypseg(line, frames(segment.from) / FRAMES_PER_SECOND);
  });
  return { kind: 'recognized', words };
}

/** The log says `Decoding '3'` when it begins with segment 3: then the segments before it are done. */
function progressOf({ speech, onProgress }: AsrRequest): (line: string) => void {
  const total = speechSeconds(speech);
  return (line) => {
    const index = /Decoding '(\d+)'/.exec(line)?.[1];
    if (index !== undefined) onProgress(speechSeconds(speech.slice(0, Number(index))) / total);
  };
}
