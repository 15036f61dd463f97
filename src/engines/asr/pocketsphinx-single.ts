import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutSpeechWav } from '../media/speech-wav.ts';
import { runProgram } from '../run-program.ts';
import { speechSeconds } from '../vad/speech-segments.ts';
import type { AsrOutcome, AsrRequest, TimedWord } from './asr-engine.ts';
import { SEARCH_OPTIONS, type PocketSphinxCall } from './pocketsphinx-model.ts';
import { pocketSphinxFailure, pocketSphinxTimeLimit, POCKETSPHINX_LIMITS } from './pocketsphinx-failure.ts';
import { wordsOfJson } from './pocketsphinx-words.ts';

/**
 * Version 5, by `pocketsphinx single`: a process for each segment. It would load its model (0.3 s) for each of
 * several inputs too, and so a line of JSON always belongs to the segment it was made from.
 */
export async function recognizeBySingle(request: AsrRequest, call: PocketSphinxCall): Promise<AsrOutcome> {
  const { wavPath, speech, scratch, signal, onProgress } = request;
  const words: TimedWord[] = [];
  const path = join(scratch, 'segment.wav');
  const total = speechSeconds(speech);
  for (const [index, segment] of speech.entries()) {
    onProgress(speechSeconds(speech.slice(0, index)) / total);
    await writeFile(path, await cutSpeechWav(wavPath, segment.from, segment.to));
    const outcome = await runProgram({
      program: call.program,
      args: [...call.model, ...SEARCH_OPTIONS, 'single', path],
      scratch,
      limits: POCKETSPHINX_LIMITS,
      timeLimit: pocketSphinxTimeLimit([segment]),
      signal,
    });
    signal.throwIfAborted();
    if (outcome.kind !== 'exited' || outcome.code !== 0) return pocketSphinxFailure(outcome);
    const found = outcome.stdout.split('\n').flatMap((line) => wordsOfJson(line, segment.from) ?? []);
    words.push(...found);
  }
  await rm(path, { force: true });
  return { kind: 'recognized', words };
}
