import type { OfficialClient } from './official-clients.ts';
import { startJobServer, type GotJob, type JobServer } from './job-server.ts';

export const CHARTS = 'charts';
const CSV = 'Month,Coffee,Tea\n2024-01,120,80\n2024-02,140,95\n2024-03,133,110\n';

export type Answer = Record<string, unknown>;

export type Chart = {
  type?: string;
  /** An object of the bucket, or an address. */
  file?: string;
  output?: object;
  config?: object;
  by?: OfficialClient;
  more?: Record<string, string>;
};

/** A whole server, and what tests of chart jobs call on it. Its bucket is `charts`, with a file `sales.csv`. */
export type ChartServer = Pick<JobServer, 'server' | 'client' | 'storage'> & {
  /** A second of video at 10 frames a second, if nothing else is asked for. @param key of the video in the bucket */
  readonly submit: (key: string, chart?: Chart) => Promise<Answer>;
  readonly get: (submitted: Answer) => Promise<GotJob>;
  /** Resolves when the job is Finished or Failed. */
  readonly ended: (submitted: Answer, by?: OfficialClient) => Promise<GotJob>;
};

export async function startChartServer(): Promise<ChartServer> {
  const { server, client, storage, get, ended } = await startJobServer(CHARTS);
  await storage.put('sales.csv', Buffer.from(CSV));
  return {
    ...{ server, client, storage },
    get: async ({ JobId }) => await get(String(JobId)),
    ended: async ({ JobId }, by) => await ended(String(JobId), by),
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
  };
}
