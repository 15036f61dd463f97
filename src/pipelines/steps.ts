import type { JobFailure } from '../jobs/job-failure.ts';
import type { JobProgress } from '../jobs/smart-job.ts';

/** What a step hands back that ends the job. */
export type StepFailure = { readonly kind: 'failed'; readonly failure: JobFailure };

/** What a step hands on: everything so far and what it found out. */
export type StepOutcome<Out> = { readonly kind: 'done'; readonly value: Out } | StepFailure;

export type Step<In, Out> = {
  /** What it does, in plain words: it is shown as Progress.Step. */
  readonly name: string;
  /** Its usual share of the whole run, in per cent. */
  readonly weight: number;
  /** @param onProgress 0 to 1 of this step; more often than it is needed, and out of order, does no harm */
  run(value: In, onProgress: (fraction: number) => void): Promise<StepOutcome<Out>>;
};

type AnyStep = Step<unknown, unknown>;

/** A list of steps, each fed with what the one before it handed on; the compiler checks that they fit. */
export class Steps<In, Out> {
  readonly #list: readonly AnyStep[];

  private constructor(list: readonly AnyStep[]) {
    this.#list = list;
  }

  static startingWith<In, Out>(step: Step<In, Out>): Steps<In, Out> {
    return new Steps<In, Out>([step]);
  }

  next<Next>(step: Step<Out, Next>): Steps<In, Next> {
    return new Steps<In, Next>([...this.#list, step]);
  }

  /** Runs them in order until one fails. The percentage that is reported never falls. */
  async run(value: In, report: (progress: JobProgress) => void): Promise<StepOutcome<Out>> {
    const total = this.#list.reduce((sum, step) => sum + step.weight, 0);
    const progress = risingProgress(total, report);
    let done = 0;
    let current: unknown = value;
    for (const step of this.#list) {
      const onProgress = progress(step, done);
      onProgress(0);
      const outcome = await step.run(current, onProgress);
      if (outcome.kind === 'failed') return outcome;
      current = outcome.value;
      done += step.weight;
    }
    report({ percent: 100, step: this.#list.at(-1)?.name ?? '' });
    return { kind: 'done', value: current as Out };
  }
}

/** @returns what makes a step's onProgress, given the weight of the steps before it */
function risingProgress(total: number, report: (progress: JobProgress) => void) {
  let shown = 0;
  return (step: AnyStep, done: number) =>
    (fraction: number): void => {
      const within = Math.min(1, Math.max(0, fraction));
      shown = Math.max(shown, Math.floor((100 * (done + step.weight * within)) / total));
      report({ percent: shown, step: step.name });
    };
}
