import type { JobId } from '../jobs/job-id.ts';
import type { JobResult, SmartJob } from '../jobs/smart-job.ts';
import type { Called, TestGateway } from './test-gateway.ts';

/** A SubmitVideoTranslationJob that is right, for tests; parts of its three documents are replaced. */
export type TranslationChanges = {
  readonly input?: object;
  readonly output?: object;
  readonly editing?: object;
  /** Other parameters of the call. */
  readonly call?: Readonly<Record<string, string>>;
};

export const MEDIA_URL = 'https://films.oss-cn-shanghai.aliyuncs.com/out/a%20film.mp4';

export function translationCall({ input, output, editing, call }: TranslationChanges = {}): Record<string, string> {
  return {
    InputConfig: JSON.stringify({ Type: 'Video', Video: 'oss://uploads/film.mp4', ...input }),
    OutputConfig: JSON.stringify({ MediaURL: MEDIA_URL, ...output }),
    EditingConfig: JSON.stringify({ SourceLanguage: 'en', TargetLanguage: 'es', ...editing }),
    ...call,
  };
}

export function jobIdOf({ body }: Called): JobId {
  return (body['Data'] as { JobId: JobId }).JobId;
}

export async function jobOf({ jobs, account }: TestGateway, id: JobId): Promise<SmartJob> {
  const job = await jobs.get(account, id);
  if (job === undefined) throw new Error('there is no such job');
  return job;
}

/** Finishes the job that is next. */
export async function finishNext({ jobs }: TestGateway, result: JobResult): Promise<void> {
  const claimed = await jobs.claim('worker', 30_000);
  if (claimed === undefined) throw new Error('nothing to claim');
  await jobs.finish(claimed.lease, result);
}
