import { putTheVideo } from './chart-result.ts';
import { fetchFiles, readTheSheet, renderTheChart } from './chart-steps.ts';
import type { ChartParts } from './chart-work.ts';
import type { Pipeline } from './pipeline.ts';
import { Steps } from './steps.ts';

/**
 * A chart video from a spreadsheet, into the object that the caller named. Segments of it are kept as they are drawn:
 * a run after a crash, or a retry, goes on at the first that is missing.
 * When the run's signal is aborted, `run` ends its child processes and throws the signal's reason.
 */
export function chartPipeline(parts: ChartParts): Pipeline {
  return {
    type: 'DynamicChart',
    async run(run) {
      const outcome = await STEPS.run({ run, parts }, run.report);
      return outcome.kind === 'failed' ? outcome : { kind: 'finished', result: outcome.value };
    },
  };
}

const STEPS = Steps.startingWith(fetchFiles).next(readTheSheet).next(renderTheChart).next(putTheVideo);
