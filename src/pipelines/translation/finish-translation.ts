import type { JobResult } from '../../jobs/smart-job.ts';
import { settleMedia } from '../publish-output.ts';
import { done } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { translationReport, translationResult, type TranslationFindings } from './translation-result.ts';
import type { Detexted } from './translation-work.ts';

/** The result as the API has it, and everything line by line in a file beside it. */
export const finishTranslation: Step<Detexted, JobResult> = {
  name: 'Writing the result',
  weight: 1,
  async run(work) {
    const { run, parts, settings, source, made, warnings, recognizer, detextVideoUrl, seconds } = work;
    const { account, id } = run.job;
    const findings: TranslationFindings = {
      ...{ settings, source, made },
      ...(detextVideoUrl !== undefined && { detextVideoUrl }),
      warnings: [...new Set([...settings.warnings, ...warnings, ...made.flatMap((one) => one.warnings)])],
      details: {
        ...(recognizer !== undefined && { Recognizer: recognizer }),
        ...(seconds > 0 && { Seconds: Math.round(seconds * 1000) / 1000 }),
      },
    };
    const outcome = await parts.resultFiles.write(account, id, [translationReport(findings)]);
    if (outcome.kind === 'refused') run.log.warn({ reason: outcome.message }, 'no result files');
    await parts.workFiles.remove(account, [id]);
    await settleMedia(run, parts, seconds);
    const files = outcome.kind === 'written' ? outcome.files : undefined;
    return done(translationResult(run.job, findings, files));
  },
};
