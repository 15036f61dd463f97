import type { AccountId } from '../../jobs/account.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { JobResult } from '../../jobs/smart-job.ts';
import { wordsOfLibrary } from '../job-hotwords.ts';
import type { Pipeline } from '../pipeline.ts';
import { Steps } from '../steps.ts';
import { fetchSource } from './fetch-source.ts';
import { finishTranslation } from './finish-translation.ts';
import { hearSource } from './hear-source.ts';
import { paintOverText } from './paint-over-text.ts';
import { probeSource } from './probe-source.ts';
import { readPicture } from './read-picture.ts';
import { recognizeSource } from './recognize-source.ts';
import { renderTarget } from './render-target.ts';
import { segmentLines } from './segment-lines.ts';
import { speakIn } from './speak-target.ts';
import { startTargets } from './start-targets.ts';
import { translateInto } from './translate-target.ts';
import { readTranslationSettings, translationTargets } from './translation-settings.ts';
import type { TranslationParts, TranslationWork } from './translation-work.ts';

/**
 * A video, a sound or a subtitle file in other languages: each into the object that the caller named for it. What is
 * recognized, read, translated and spoken is kept: a run that comes after one that died, or was handed back, goes on
 * at the first piece that is missing, and makes no target again whose object is written.
 * When the run's signal is aborted, `run` ends its child processes and throws the signal's reason.
 */
export function translationPipeline(parts: TranslationParts): Pipeline {
  return {
    type: 'VideoTranslation',
    async run(run) {
      const settings = readTranslationSettings(run.job.parameters);
      const targets = translationTargets(run.job, settings);
      const named = await wordsOfLibrary(run.job, parts.hotwords ?? { get: async () => undefined });
      if (named.kind === 'failed') return named;
      const work: TranslationWork = { run, parts, settings, targets, hotwords: named.words, warnings: [] };
      const outcome = await steps(work).run(work, run.report);
      return outcome.kind === 'failed' ? outcome : { kind: 'finished', result: outcome.value };
    },
    forget: async (account: AccountId, id: JobId) => parts.workFiles.remove(account, [id]),
  };
}

/** One recognition, however many languages; then each language from its translation to its object. */
function steps(work: TranslationWork): Steps<TranslationWork, JobResult> {
  let all = Steps.startingWith(fetchSource)
    .next(probeSource)
    .next(hearSource)
    .next(recognizeSource(work))
    .next(readPicture(work))
    .next(segmentLines)
    .next(startTargets);
  for (const target of work.targets) {
    all = all.next(translateInto(target)).next(speakIn(target, work)).next(renderTarget(target));
  }
  return all.next(paintOverText(work)).next(finishTranslation);
}
