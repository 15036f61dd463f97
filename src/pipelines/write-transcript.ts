import type { JobResult } from '../jobs/smart-job.ts';
import { speechSeconds } from '../engines/vad/speech-segments.ts';
import type { Segmented } from './asr-work.ts';
import { done } from './step-outcomes.ts';
import type { Step } from './steps.ts';
import { transcriptFiles } from './transcript-files.ts';
import { speakerCount, transcriptOf } from './transcript.ts';

/**
 * The result as the API has it, and the files that tell more. A transcript without its files is still a transcript:
 * where they cannot be written, the details say why.
 */
export const writeTranscript: Step<Segmented, JobResult> = {
  name: 'Writing the result',
  weight: 1,
  async run({ run, parts, engine, engineReason, language, start, seconds, speech, sentences }) {
    const { account, id } = run.job;
    const transcript = transcriptOf(sentences, {
      ...{ jobId: id, engine: engine.name, from: start, to: start + seconds },
      ...(engine.model !== undefined && { model: engine.model.name }),
      ...(language !== undefined && { language }),
    });
    const outcome = await parts.resultFiles?.write(account, id, transcriptFiles(transcript));
    if (outcome?.kind === 'refused') run.log.warn({ reason: outcome.message }, 'no result files');
    const aiResult = JSON.stringify(sentences.map(({ content, from, to }) => ({ content, from, to })));
    const speakers = speakerCount(transcript);
    return done({
      ...{ output: aiResult, aiResult },
      ...(outcome?.kind === 'written' && { files: outcome.files }),
      details: {
        Engine: engine.name,
        ...(engine.model !== undefined && { Model: engine.model.name }),
        EngineReason: engineReason,
        ...(language !== undefined && { Language: language }),
        ...(speakers > 0 && { Speakers: speakers }),
        AudioSeconds: hundredths(seconds),
        SpeechSeconds: hundredths(speechSeconds(speech)),
        ...(outcome?.kind === 'refused' && { ResultFiles: outcome.message }),
      },
    });
  },
};

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
