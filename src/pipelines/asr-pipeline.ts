import { asrParameters } from './asr-parameters.ts';
import {
  chooseTheEngine,
  cutIntoSentences,
  decodeAudio,
  fetchRecording,
  findSpeech,
  probeRecording,
  recognizeSpeech,
  type AsrParts,
} from './asr-steps.ts';
import type { Pipeline } from './pipeline.ts';
import { Steps } from './steps.ts';

const STEPS = Steps.startingWith(chooseTheEngine)
  .next(fetchRecording)
  .next(probeRecording)
  .next(decodeAudio)
  .next(findSpeech)
  .next(recognizeSpeech)
  .next(cutIntoSentences);

/**
 * Speech to text. The result is a JSON array of `{content, from, to}`; times are seconds from the beginning of the
 * recording as it was submitted, also where StartTime asked for a later part of it.
 * When the run's signal is aborted, `run` ends its child processes and throws the signal's reason.
 */
export function asrPipeline(parts: AsrParts): Pipeline {
  return {
    type: 'ASR',
    async run(run) {
      const outcome = await STEPS.run({ run, parts, parameters: asrParameters(run.job) }, run.report);
      if (outcome.kind === 'failed') return outcome;
      const text = JSON.stringify(outcome.value.segments);
      return { kind: 'finished', result: { output: text, aiResult: text } };
    },
  };
}
