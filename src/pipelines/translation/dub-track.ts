import type { PipelineRun } from '../pipeline.ts';
import { failed } from '../step-outcomes.ts';
import type { DubOutcome, DubParts, DubRequest } from './dub-request.ts';

export async function dubTrack(run: PipelineRun, parts: DubParts, request: DubRequest): Promise<DubOutcome> {
  await Promise.resolve([run, parts, request]);
  return failed('EngineFailed', '');
}
