import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchFailure } from '../fetch-input.ts';
import { done } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { isSubtitleText } from './subtitle-text.ts';
import type { Fetched, TranslationWork } from './translation-work.ts';

/** The video or the sound, and the subtitle file where the text comes from it. */
export const fetchSource: Step<TranslationWork, Fetched> = {
  name: 'Fetching the input',
  weight: 1,
  async run(work, onProgress) {
    const { run, parts, settings } = work;
    const { account } = run.job;
    const { type, media } = settings.input;
    // One that is not read may be missing: the job says in its warnings that it has no effect.
    const subtitle = settings.textSource === 'SubtitleFile' ? settings.input.subtitle : undefined;
    const { scratch, signal } = run;
    const mediaPath = media === undefined ? undefined : join(scratch, 'input');
    if (media !== undefined && mediaPath !== undefined) {
      const wanted = type === 'Video' ? 'picture' : 'sound';
      const outcome = await parts.fetchInput(account, media, mediaPath, signal, { wanted, onProgress });
      if (outcome.kind !== 'fetched') return fetchFailure(outcome);
    }
    const subtitlePath = subtitle === undefined ? undefined : join(scratch, 'subtitle');
    if (subtitle !== undefined && subtitlePath !== undefined) {
      if (isSubtitleText(subtitle)) await writeFile(subtitlePath, subtitle);
      else {
        const outcome = await parts.fetchSubtitle(account, subtitle, subtitlePath, signal);
        if (outcome.kind !== 'fetched') return fetchFailure(outcome);
      }
    }
    return done({ ...work, mediaPath, subtitlePath });
  },
};
