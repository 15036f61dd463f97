import { probeVideo } from '../../engines/video/probe-video.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import type { Fetched, Probed } from './translation-work.ts';

export const probeSource: Step<Fetched, Probed> = {
  name: 'Reading the format',
  weight: 1,
  async run(work) {
    const { mediaPath, run, parts, settings } = work;
    if (mediaPath === undefined) return done({ ...work, probed: undefined });
    const outcome = await probeVideo(mediaPath, parts.media, run);
    if (outcome.kind === 'unavailable') return failed('EngineUnavailable', outcome.message);
    if (outcome.kind === 'too-large') {
      return failed('InputFileTooLarge', `The input is not read. ${outcome.reason}`);
    }
    const forms = settings.input.type === 'Video' ? 'video such as MP4, WebM or MOV' : 'sound such as MP3 or WAV';
    if (outcome.kind === 'unreadable') {
      return failed('InputFileUnreadable', `The input cannot be read. ${outcome.reason} Submit ${forms}.`);
    }
    const { probed } = outcome;
    if (settings.input.type === 'Video' && probed.video === undefined) {
      return failed('InputFileUnreadable', 'The input has no picture. Submit it as InputConfig.Type Audio.');
    }
    if (settings.textSource === 'ASR' && probed.audio === undefined) {
      return failed('SpeechTranslationNoValidVocal', 'The input has no sound, so there is no voice to translate.');
    }
    return done({ ...work, probed });
  },
};
