import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { extractAudio } from '../../engines/dub/extract-audio.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step, StepFailure } from '../steps.ts';
import { dubTrack } from './dub-track.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { TranslationTarget } from './translation-settings.ts';
import { isMade, type Translating, type TranslationWork } from './translation-work.ts';

/** Of the step, by what it was measured to take. */
const EXTRACTING = 0.03;

/** The sound of the source with its lines spoken in one of the target languages. */
export function speakIn(
  target: TranslationTarget,
  { settings: { level } }: TranslationWork,
): Step<Translating, Translating> {
  return {
    name: `Speaking ${target.language}`,
    weight: level === 'speech' ? 4 : 0,
    async run(work, onProgress) {
      const { run, parts, settings, current, sound, seconds, source } = work;
      if (settings.level !== 'speech' || current === undefined || isMade(work, target)) return done(work);
      const originalAudio = await originalSound(work, (fraction) => onProgress(EXTRACTING * fraction));
      if (typeof originalAudio === 'object') return originalAudio;
      const outcome = await dubTrack(runOfStep(run, 'synthesize'), parts, {
        ...{ source, target: target.language, voice: settings.voice ?? '', lines: current.lines },
        ...{ totalSeconds: seconds, originalAudio, speech: sound?.speech ?? [], glossary: current.glossary },
        ...(current.shorten !== undefined && { translator: { shorten: current.shorten } }),
        ...{ bound: settings.subtitleTimeForce, skipSong: settings.skipSong },
        wavPath: join(run.scratch, `dubbed-${target.language}.wav`),
        onProgress: (fraction) => onProgress(EXTRACTING + (1 - EXTRACTING) * fraction),
      });
      if (outcome.kind === 'failed') return outcome;
      if (originalAudio !== undefined) await rm(originalAudio, { force: true });
      const { wavPath, report, warnings, voices } = outcome;
      const told = [...current.warnings, ...warnings];
      return done({ ...work, current: { ...current, warnings: told, dub: { wavPath, report, voices } } });
    },
  };
}

/** In full quality; it goes again when it is mixed, since two hours of it are 1.4 GB. */
async function originalSound(
  { run, parts, mediaPath, probed, seconds }: Translating,
  onProgress: (fraction: number) => void,
): Promise<string | undefined | StepFailure> {
  if (mediaPath === undefined || probed?.audio === undefined) return undefined;
  const wavPath = join(run.scratch, 'original.wav');
  const { scratch, signal } = run;
  const outcome = await extractAudio(
    { path: mediaPath, wavPath, totalSeconds: seconds, scratch, signal, onProgress },
    parts.media,
  );
  switch (outcome.kind) {
    case 'extracted':
      return wavPath;
    case 'no-audio':
      return undefined;
    case 'unreadable':
      return failed('InputFileUnreadable', `The sound of the input cannot be read. ${outcome.reason}`);
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    default:
      return assertNever(outcome);
  }
}
