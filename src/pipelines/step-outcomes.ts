import { jobFailure, type JobFailureCode } from '../jobs/job-failure.ts';
import type { StepFailure, StepOutcome } from './steps.ts';

export function done<Out>(value: Out): StepOutcome<Out> {
  return { kind: 'done', value };
}

export function failed(code: JobFailureCode, message: string): StepFailure {
  return { kind: 'failed', failure: jobFailure(code, message) };
}
