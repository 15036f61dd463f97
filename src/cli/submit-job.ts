import type { RpcClient } from '../client/rpc-client.ts';
import type { CliContext, ExitCode } from './cli-context.ts';
import type { CommonOptions } from './client-command.ts';
import { failureOf, type Failure } from './failure.ts';
import { printable, printableJson } from './printable-text.ts';
import type { WireParameters } from './table-options.ts';
import { watchAndPrint } from './watch-job.ts';

export type SubmitOptions = CommonOptions & { readonly watch?: boolean };

/** Submits, and prints the job id, or goes on as `watch`. */
export async function submitJob(
  cli: CliContext,
  client: RpcClient,
  action: 'SubmitASRJob' | 'SubmitAudioProduceJob' | 'SubmitDynamicChartJob' | 'SubmitVideoTranslationJob',
  values: WireParameters['values'],
  { json = false, watch = false }: SubmitOptions,
): Promise<ExitCode | Failure> {
  const outcome = await client.call(action, values);
  if (outcome.kind !== 'ok') return failureOf(outcome);
  const { JobId: jobId } = 'Data' in outcome.body ? outcome.body.Data : outcome.body;
  if (watch) {
    cli.stderr.write(`Job ${printable(jobId)}\n`);
    return watchAndPrint(cli, client, jobId, { json, withFiles: false });
  }
  cli.stdout.write(`${json ? printableJson(outcome.body) : printable(jobId)}\n`);
  if (!json) cli.stderr.write(`Watch it: smartjobs watch ${printable(jobId)}\n`);
  return 0;
}
