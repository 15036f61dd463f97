import type { JobAnswer } from '../client/answers.ts';
import type { CallOutcome, RpcClient } from '../client/rpc-client.ts';
import type { CliContext, ExitCode } from './cli-context.ts';
import { failureOf, type Failure } from './failure.ts';
import { jobView } from './job-view.ts';
import { paintFor } from './paint.ts';
import { printableJson } from './printable-text.ts';
import { progressDisplay, type ProgressDisplay } from './progress-display.ts';

/** Milliseconds. One look costs the server well under a millisecond. */
const BETWEEN_LOOKS = 500;

/** Milliseconds for which a server may be away, as while it restarts: the job itself survives that. */
const PATIENCE = 30_000;

/**
 * Watches a job to its end, then prints it. 0 when it Finished, 1 when it Failed.
 * @param withFiles as for jobView; what a submit prints is the job's facts and its text
 */
export async function watchAndPrint(
  cli: CliContext,
  client: RpcClient,
  jobId: string,
  { json, withFiles }: { readonly json: boolean; readonly withFiles: boolean },
): Promise<ExitCode | Failure> {
  const display = progressDisplay(cli.stderr);
  const outcome = await watch(cli, client, jobId, display);
  display.end();
  if (outcome.kind !== 'ok') return failureOf(outcome);
  printJob(cli, outcome.body, { json, withFiles });
  return outcome.body.State === 'Finished' ? 0 : 1;
}

/** A job as GetSmartHandleJob answers it, or as people read it. */
export function printJob(
  cli: CliContext,
  job: JobAnswer,
  { json, withFiles }: { readonly json: boolean; readonly withFiles: boolean },
): void {
  cli.stdout.write(`${json ? printableJson(job) : jobView(job, paintFor(cli.stdout, cli.env), withFiles)}\n`);
}

async function watch(
  cli: CliContext,
  client: RpcClient,
  jobId: string,
  display: ProgressDisplay,
): Promise<CallOutcome<JobAnswer>> {
  let answeredAt = cli.clock.now();
  for (;;) {
    const outcome = await client.call('GetSmartHandleJob', { JobId: jobId });
    if (outcome.kind === 'ok') {
      const { State, Progress } = outcome.body;
      if (State === 'Finished' || State === 'Failed') return outcome;
      answeredAt = cli.clock.now();
      display.show(State, Progress?.Percent ?? 0, Progress?.Step ?? '');
    } else {
      if (!mayPass(outcome) || cli.clock.now() - answeredAt >= PATIENCE) return outcome;
      display.note('The server does not answer, trying again.');
    }
    await cli.sleep(BETWEEN_LOOKS);
  }
}

/** Whether the next look may fare better: the server is away or in trouble, as against refusing the call. */
function mayPass(outcome: CallOutcome<JobAnswer>): boolean {
  return outcome.kind === 'unreachable' || (outcome.kind === 'error' && outcome.status >= 500);
}
