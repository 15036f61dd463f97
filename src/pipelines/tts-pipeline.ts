import type { Pipeline } from './pipeline.ts';
import { Steps } from './steps.ts';
import { encodeTheSpeech, joinTheChunks } from './tts-encode.ts';
import { putOutput } from './tts-publish.ts';
import { writeSpeechResult } from './tts-result.ts';
import { castTheSpeech, speakTheChunks } from './tts-speak.ts';
import type { TtsParts } from './tts-work.ts';

/**
 * Text to speech, into the object that the caller named. The result is a JSON array of `{content, from, to}`, the
 * sentences with their seconds in the recording.
 * When the run's signal is aborted, `run` ends its child processes and throws the signal's reason.
 */
export function ttsPipeline(parts: TtsParts): Pipeline {
  return {
    type: 'TextToSpeech',
    async run(run) {
      const outcome = await STEPS.run({ run, parts }, run.report);
      return outcome.kind === 'failed' ? outcome : { kind: 'finished', result: outcome.value };
    },
  };
}

const STEPS = Steps.startingWith(castTheSpeech)
  .next(speakTheChunks)
  .next(joinTheChunks)
  .next(encodeTheSpeech)
  .next(putOutput)
  .next(writeSpeechResult);
