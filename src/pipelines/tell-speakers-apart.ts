import type { DiarizationOutcome } from '../engines/diarization/speaker-diarizer.ts';
import type { Heard, Told } from './asr-work.ts';
import { remembered } from './remembered.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure } from './steps.ts';

/** @param weight 0 where the job does not ask who speaks: then nothing is done */
export function tellSpeakersApart(weight: number): Step<Heard, Told> {
  return {
    name: 'Telling speakers apart',
    weight,
    async run(work, onProgress) {
      const { run, parts, parameters, wavPath, seconds, audio } = work;
      const { diarizer } = parts;
      const { wanted, count } = parameters.speakers;
      if (!wanted || diarizer === undefined) return done({ ...work, turns: [] });
      const outcome = await remembered<DiarizationOutcome>(
        run,
        `speakers ${audio} ${count ?? 'any'} ${diarizer.name}`,
        () =>
          diarizer.diarize({
            ...{ wavPath, seconds, signal: run.signal, onProgress },
            ...(count !== undefined && { speakers: count }),
          }),
        ({ kind }) => kind === 'diarized',
      );
      return outcome.kind === 'diarized' ? done({ ...work, turns: outcome.turns }) : failure(work, outcome);
    },
  };
}

function failure({ run }: Heard, outcome: Exclude<DiarizationOutcome, { kind: 'diarized' }>): StepFailure {
  switch (outcome.kind) {
    case 'too-long':
      return failed(
        'InputFileTooLarge',
        `${outcome.message} Set StartTime and Duration, or leave EnableSpeakerDiarization out.`,
      );
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    case 'failed':
      run.log.warn({ detail: outcome.detail }, 'telling speakers apart failed');
      return failed(
        'EngineFailed',
        `${outcome.message} Without EnableSpeakerDiarization the recording is recognized.`,
      );
  }
}
