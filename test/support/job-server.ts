import type OSS from 'ali-oss';
import { objectClient } from './object-client.ts';
import { openApiCoreClient, type OfficialClient } from './official-clients.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** What GetSmartHandleJob says. The result is there when the job is Finished. */
export type GotJob = {
  readonly State: string;
  readonly Output: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  readonly UserData: string;
  readonly Progress: { readonly Percent: number; readonly Step: string };
  readonly JobResult: {
    readonly AiResult: string;
    readonly MediaId: string;
    readonly MediaUrl: string;
    readonly ResultFiles: readonly { readonly Type: string; readonly Object: string; readonly Url: string }[];
    readonly Details: Readonly<Record<string, string | number>>;
  };
};

/** A whole server that runs jobs, and what tests of whole jobs call on it. */
export type JobServer = {
  readonly server: TestServer;
  /** The official client, with the root key. */
  readonly client: OfficialClient;
  /** The bucket that was asked for. */
  readonly storage: OSS;
  readonly get: (JobId: string, by?: OfficialClient) => Promise<GotJob>;
  /** Asks until it holds, as callers do. A job that fails before it does is a fault of the test. */
  readonly until: (JobId: string, holds: (job: GotJob) => boolean) => Promise<GotJob>;
  /** Resolves when the job is Finished or Failed. @param seen is called before each look at the job */
  readonly ended: (JobId: string, by?: OfficialClient, seen?: () => Promise<void>) => Promise<GotJob>;
};

/** @param workers jobs at a time */
export async function startJobServer(bucket: string, workers = 2): Promise<JobServer> {
  const server = await startTestServer({ SMARTJOBS_WORKERS: String(workers) });
  const client = openApiCoreClient(server, 'V3');
  const storage = objectClient(server, bucket);
  await storage.putBucket(bucket);
  const get: JobServer['get'] = async (JobId, by = client) =>
    (await by.call('GetSmartHandleJob', { JobId })) as unknown as GotJob;
  return {
    ...{ server, client, storage, get },
    async until(id, holds) {
      for (;;) {
        const job = await get(id);
        if (holds(job)) return job;
        if (isOver(job)) throw new Error(`the job has ended: ${JSON.stringify(job)}`);
        await nextLook();
      }
    },
    async ended(id, by, seen) {
      for (;;) {
        await seen?.();
        const job = await get(id, by);
        if (isOver(job)) return job;
        await nextLook();
      }
    },
  };
}

function isOver({ State }: GotJob): boolean {
  return State === 'Finished' || State === 'Failed';
}

function nextLook(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
