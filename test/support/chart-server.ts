import OSS from 'ali-oss';
import { openApiCoreClient, type OfficialClient } from './official-clients.ts';
import { startTestServer, type TestServer } from './test-server.ts';

export const CHARTS = 'charts';
const CSV = 'Month,Coffee,Tea\n2024-01,120,80\n2024-02,140,95\n2024-03,133,110\n';

export type Answer = Record<string, unknown>;

/** What GetSmartHandleJob says of a chart job. */
export type ChartJob = {
  readonly State: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  readonly UserData: string;
  readonly Progress: { readonly Percent: number; readonly Step: string };
  readonly JobResult: {
    readonly MediaId: string;
    readonly MediaUrl: string;
    readonly ResultFiles?: readonly { readonly Type: string; readonly Object: string; readonly Url: string }[];
    readonly Details: Record<string, string | number>;
  };
};

export type Chart = {
  type?: string;
  /** An object of the bucket, or an address. */
  file?: string;
  output?: object;
  config?: object;
  by?: OfficialClient;
  more?: Record<string, string>;
};

/** A whole server, and what tests of chart jobs call on it. */
export type ChartServer = {
  readonly server: TestServer;
  readonly client: OfficialClient;
  /** The bucket `charts`, with a file `sales.csv`. */
  readonly storage: OSS;
  /** A second of video at 10 frames a second, if nothing else is asked for. @param key of the video in the bucket */
  readonly submit: (key: string, chart?: Chart) => Promise<Answer>;
  readonly get: (submitted: Answer, by?: OfficialClient) => Promise<ChartJob>;
  /** Resolves when the job is Finished or Failed. */
  readonly ended: (submitted: Answer, by?: OfficialClient) => Promise<ChartJob>;
};

export async function startChartServer(): Promise<ChartServer> {
  const server = await startTestServer({ SMARTJOBS_WORKERS: '2' });
  const client = openApiCoreClient(server, 'V3');
  const { accessKeyId, accessKeySecret, objects: endpoint } = server;
  const storage = new OSS({
    accessKeyId,
    accessKeySecret,
    endpoint,
    sldEnable: true,
    bucket: CHARTS,
  } as OSS.Options);
  await storage.putBucket(CHARTS);
  await storage.put('sales.csv', Buffer.from(CSV));
  const get: ChartServer['get'] = async ({ JobId }, by = client) =>
    (await by.call('GetSmartHandleJob', { JobId: String(JobId) })) as unknown as ChartJob;
  return {
    ...{ server, client, storage, get },
    submit: async (key, { type = 'Line', file = 'sales.csv', output, config, by = client, more } = {}) =>
      await by.call('SubmitDynamicChartJob', {
        ChartType: type,
        Input: JSON.stringify({ XlsFile: file.includes(':') ? file : `oss://${CHARTS}/${file}` }),
        OutputConfig: JSON.stringify({
          MediaURL: `https://${CHARTS}.oss-cn-shanghai.aliyuncs.com/${encodeURI(key)}`,
          FrameRate: '10',
          ...output,
        }),
        ChartConfig: JSON.stringify({ Style: 'Business', VideoDuration: '1000', ...config }),
        ...more,
      }),
    ended: async (submitted, by) => {
      for (;;) {
        const job = await get(submitted, by);
        if (job.State === 'Finished' || job.State === 'Failed') return job;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
