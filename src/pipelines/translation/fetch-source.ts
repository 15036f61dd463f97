import { join } from 'node:path';
import { fetchFailure } from '../fetch-input.ts';
import { done, failed } from '../step-outcomes.ts';
import type { Step, StepFailure } from '../steps.ts';
import { readTranslationSettings } from './translation-settings.ts';
import type { Fetched, TranslationWork } from './translation-work.ts';

/** The video, the sound or the subtitle file, and for a second pass what the first one was made from. */
export const fetchSource: Step<TranslationWork, Fetched> = {
  name: 'Fetching the input',
  weight: 1,
  async run(work) {
    const { run, parts, settings } = work;
    const { account } = run.job;
    const { scratch, signal } = run;
    const media = settings.input.type === 'Subtitle' ? undefined : await mediaOf(work);
    if (typeof media === 'object') return media;
    const mediaPath = media === undefined ? undefined : join(scratch, 'input');
    if (media !== undefined && mediaPath !== undefined) {
      const outcome = await parts.fetchInput(account, media, mediaPath, signal);
      if (outcome.kind !== 'fetched') return fetchFailure(outcome);
    }
    const { subtitle } = settings.input;
    const subtitlePath = subtitle === undefined ? undefined : join(scratch, 'subtitle');
    if (subtitle !== undefined && subtitlePath !== undefined) {
      const outcome = await parts.fetchSubtitle(account, subtitle, subtitlePath, signal);
      if (outcome.kind !== 'fetched') return fetchFailure(outcome);
    }
    return done({ ...work, mediaPath, subtitlePath });
  },
};

/** As the job names it; a second pass that names none takes that of the first. */
async function mediaOf({ run, parts, settings }: TranslationWork): Promise<string | undefined | StepFailure> {
  const { input, originalJobId } = settings;
  if (input.media !== undefined || originalJobId === undefined) return input.media;
  const original = await parts.jobOf(run.job.account, originalJobId);
  if (original?.type !== 'VideoTranslation') {
    return failed(
      'OriginalJobNotFound',
      `The job ${originalJobId}, which is to be corrected, is not there any more.`,
    );
  }
  return readTranslationSettings(original.parameters).input.media;
}
