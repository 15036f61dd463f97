import { assertNever } from '../base/assert-never.ts';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AsrOutcome, TimedWord } from '../engines/asr/asr-engine.ts';
import { speechSeconds, type SpeechSegment } from '../engines/vad/speech-segments.ts';
import type { Recognized, Told } from './asr-work.ts';
import { fingerprint } from './fingerprint.ts';
import { noVoice } from './no-voice.ts';
import { remembered } from './remembered.ts';
import { withoutLoops } from './repeat-filter.ts';
import { speechGroups } from './speech-groups.ts';
import { done, failed } from './step-outcomes.ts';
import type { Step, StepFailure } from './steps.ts';
import { insideSpeech } from './voice-gate.ts';

/**
 * Group by group, each one a checkpoint: a run that comes after one that died, or was handed back, goes on at the
 * first group that is missing. What is held in memory of a recording are its words.
 */
export const recognizeSpeech: Step<Told, Recognized> = {
  name: 'Recognizing speech',
  weight: 90,
  async run(work, onProgress) {
    const groups = speechGroups(work.speech, work.parts.groupSeconds);
    const total = speechSeconds(work.speech);
    const words: TimedWord[] = [];
    const languages: string[] = [];
    let before = 0;
    for (const [index, speech] of groups.entries()) {
      const [base, seconds] = [before, speechSeconds(speech)];
      const share = (fraction: number): void => onProgress((base + seconds * fraction) / total);
      if (index > 0) share(0);
      const outcome = await recognizeGroup(work, { index, speech }, share);
      if (outcome.kind !== 'recognized') return engineFailure(work, outcome);
      words.push(...outcome.words);
      if (outcome.language !== undefined) languages.push(outcome.language);
      before = base + seconds;
    }
    const spoken = withoutLoops(words);
    if (spoken.length === 0) return noVoice(work);
    return done({ ...work, words: spoken, language: work.language ?? mostFrequent(languages) });
  },
};

type Group = { readonly index: number; readonly speech: readonly SpeechSegment[] };

async function recognizeGroup(
  work: Told,
  { index, speech }: Group,
  onProgress: (fraction: number) => void,
): Promise<AsrOutcome> {
  const { run, wavPath, audio, engine, language, hotwords } = work;
  // All that the words depend on: another recording, engine, language or list of hotwords has other checkpoints.
  const made = fingerprint(audio, engine.name, engine.model?.name ?? '', language ?? '', hotwords, speech);
  return remembered(
    run,
    `words ${made}`,
    async () => {
      const scratch = join(run.scratch, `group-${index}`);
      await mkdir(scratch);
      const outcome = await engine.recognize({
        ...{ wavPath, speech, scratch, signal: run.signal, onProgress },
        ...(language !== undefined && { language }),
        ...(hotwords.length > 0 && { hotwords }),
      });
      await rm(scratch, { recursive: true, force: true });
      run.log.debug({ group: index, outcome: outcome.kind }, 'speech group recognized');
      return outcome.kind === 'recognized' ? { ...outcome, words: insideSpeech(outcome.words, speech) } : outcome;
    },
    ({ kind }) => kind === 'recognized',
  );
}

function engineFailure({ engine, run }: Told, outcome: Exclude<AsrOutcome, { kind: 'recognized' }>): StepFailure {
  switch (outcome.kind) {
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    case 'failed':
      run.log.warn({ engine: engine.name, detail: outcome.detail }, 'speech recognition failed');
      return failed('EngineFailed', outcome.message);
    default:
      return assertNever(outcome);
  }
}

/** Of equals the one that was heard first. */
function mostFrequent(languages: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}
