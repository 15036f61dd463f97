import { assertNever } from '../../base/assert-never.ts';
import type { ProbeFailure } from '../../engines/media/run-probe.ts';
import { probeVideo } from '../../engines/video/probe-video.ts';
import { trueSeconds, type TrueSeconds } from '../../engines/video/true-seconds.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step, StepFailure } from '../steps.ts';
import type { TranslationSettings } from './translation-settings.ts';
import type { Fetched, Probed } from './translation-work.ts';

export const probeSource: Step<Fetched, Probed> = {
  name: 'Reading the format',
  weight: 1,
  async run(work) {
    const { mediaPath, run, parts, settings } = work;
    if (mediaPath === undefined) return done({ ...work, probed: undefined });
    const outcome = await probeVideo(mediaPath, parts.media, run);
    if (outcome.kind !== 'probed') return probeFailure(outcome, settings);
    const length = await trueSeconds(mediaPath, outcome.probed, parts.media, run);
    if (length.kind !== 'length') return probeFailure(length, settings);
    const probed = { ...outcome.probed, seconds: length.seconds, brokenOff: length.declared !== undefined };
    if (settings.input.type === 'Video' && probed.video === undefined) {
      return failed('InputFileUnreadable', 'The input has no picture. Submit it as InputConfig.Type Audio.');
    }
    if (settings.textSource === 'ASR' && probed.audio === undefined) {
      return failed('SpeechTranslationNoValidVocal', 'The input has no sound, so there is no voice to translate.');
    }
    return done({ ...work, probed, warnings: [...work.warnings, ...missingEnd(length)] });
  },
};

function missingEnd({ seconds = 0, declared }: Extract<TrueSeconds, { readonly kind: 'length' }>): string[] {
  if (declared === undefined) return [];
  const shown = (length: number): string => length.toFixed(1);
  return [`The input says that it lasts ${shown(declared)} s, but breaks off after ${shown(seconds)} s.`];
}

function probeFailure(outcome: ProbeFailure, { input }: TranslationSettings): StepFailure {
  switch (outcome.kind) {
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    case 'too-large':
      return failed('InputFileTooLarge', `The input is not read. ${outcome.reason}`);
    case 'unreadable': {
      const forms = input.type === 'Video' ? 'video such as MP4, WebM or MOV' : 'sound such as MP3 or WAV';
      return failed('InputFileUnreadable', `The input cannot be read. ${outcome.reason} Submit ${forms}.`);
    }
    default:
      return assertNever(outcome);
  }
}
