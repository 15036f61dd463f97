import type { PipelineRun } from '../pipeline.ts';
import type { TranslationStep } from './translation-steps.ts';

/**
 * The run as one of its steps sees it: what the step remembers lies under the name of the step, so that a retry from
 * there can drop it.
 */
export function runOfStep(run: PipelineRun, step: Lowercase<TranslationStep>): PipelineRun {
  const { checkpoints } = run;
  return {
    ...run,
    checkpoints: {
      get: async (key) => await checkpoints.get(`${step}/${key}`),
      save: async (key, value) => await checkpoints.save(`${step}/${key}`, value),
    },
  };
}
