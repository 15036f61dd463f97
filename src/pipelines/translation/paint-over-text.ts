import { rm } from 'node:fs/promises';
import { fingerprint } from '../fingerprint.ts';
import { isPublished } from '../publish-output.ts';
import { done } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { publishExtras } from './publish-target.ts';
import { runOfStep } from './step-checkpoints.ts';
import { besides, type TargetFile } from './target-files.ts';
import { detextedVideo } from './target-video.ts';
import { namesLanguage, translationTargets, type TranslationSettings } from './translation-settings.ts';
import type { Detexted, Translating, TranslationWork } from './translation-work.ts';

/** Under it the step that renders has what the video was made from, as a fingerprint. */
const PAINTED = 'painted';

/** The source without its burned-in text, beside the others, where the job has that painted over. */
export function paintOverText({ settings }: TranslationWork): Step<Translating, Detexted> {
  const wanted = isWanted(settings);
  return {
    name: 'Painting over text',
    weight: wanted ? 18 : 0,
    async run(work, onProgress) {
      if (!wanted) return done({ ...work, detextVideoUrl: undefined });
      if (settings.detext === 'Auto' && work.burned.length === 0) {
        const warnings = [...work.warnings, 'No text was found in the picture, so nothing was painted over.'];
        return done({ ...work, warnings, detextVideoUrl: undefined });
      }
      const object = objectOf(work);
      const { checkpoints } = runOfStep(work.run, 'render');
      const made = fingerprint(settings.detext, work.burned);
      if ((await checkpoints.get(PAINTED)) === made && (await isPublished(work.run, work.parts, object.key))) {
        return done({ ...work, detextVideoUrl: object.url });
      }
      const outcome = await detextedVideo(work, onProgress);
      if (outcome.kind === 'failed') return outcome;
      const { path, warnings } = outcome.value;
      const published = await publishExtras(work, [{ ...object, path }]);
      await rm(path, { force: true });
      if (published.written.size > 0) await checkpoints.save(PAINTED, made);
      return done({
        ...work,
        warnings: [...work.warnings, ...warnings, ...published.warnings],
        detextVideoUrl: published.written.size > 0 ? object.url : undefined,
      });
    },
  };
}

function isWanted({ detext, input }: TranslationSettings): boolean {
  return detext !== undefined && input.type === 'Video';
}

/** `detext` in the place of the language, or behind the name. */
function objectOf({ run, settings, targets }: Translating): Omit<TargetFile, 'path'> {
  const { output } = settings;
  const [object] = namesLanguage(output.mediaUrl)
    ? translationTargets(run.job, { targets: ['detext'], output })
    : targets;
  if (object === undefined) throw new Error('a translation has at least one target');
  return namesLanguage(output.mediaUrl)
    ? { key: object.key, url: object.mediaUrl }
    : besides(object, '_detext.mp4');
}
