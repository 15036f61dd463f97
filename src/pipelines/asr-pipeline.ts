import { asrParameters } from './asr-parameters.ts';
import { decodeAudio, fetchRecording, findSpeech, probeRecording } from './asr-input-steps.ts';
import type { AsrParts } from './asr-work.ts';
import { chooseTheEngine, identifyLanguage } from './choose-asr-engine.ts';
import { cutIntoSentences, punctuateWords } from './finish-transcript.ts';
import type { Pipeline } from './pipeline.ts';
import { recognizeSpeech } from './recognize-speech.ts';
import { Steps } from './steps.ts';
import { tellSpeakersApart } from './tell-speakers-apart.ts';
import { writeTranscript } from './write-transcript.ts';

/** Of a run; measured a third of what recognition takes. */
const SPEAKERS_WEIGHT = 30;

/**
 * Speech to text. The result is a JSON array of `{content, from, to}`; times are seconds from the beginning of the
 * recording as it was submitted, also where StartTime asked for a later part of it.
 * When the run's signal is aborted, `run` ends its child processes and throws the signal's reason.
 */
export function asrPipeline(parts: AsrParts): Pipeline {
  return {
    type: 'ASR',
    async run(run) {
      const parameters = asrParameters(run.job);
      const outcome = await steps(parameters.speakers.wanted).run({ run, parts, parameters }, run.report);
      return outcome.kind === 'failed' ? outcome : { kind: 'finished', result: outcome.value };
    },
    forget: async (account, id) => parts.resultFiles?.remove(account, [id]),
  };
}

function steps(speakersWanted: boolean) {
  return Steps.startingWith(chooseTheEngine)
    .next(fetchRecording)
    .next(probeRecording)
    .next(decodeAudio)
    .next(findSpeech)
    .next(identifyLanguage)
    .next(tellSpeakersApart(speakersWanted ? SPEAKERS_WEIGHT : 0))
    .next(recognizeSpeech)
    .next(punctuateWords)
    .next(cutIntoSentences)
    .next(writeTranscript);
}
