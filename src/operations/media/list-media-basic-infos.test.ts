import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestMedia, UNKNOWN_MEDIA, type TestMedia } from './test-media.ts';

let media: TestMedia;
beforeEach(() => {
  media = openTestMedia();
});
afterEach(() => media.gateway.close());

describe('ListMediaBasicInfos', () => {
  type Listed = { readonly names: readonly string[]; readonly body: Readonly<Record<string, unknown>> };

  async function list(parameters: Record<string, string> = {}): Promise<Listed> {
    const body = await media.answered('ListMediaBasicInfos', parameters);
    const infos = body['MediaInfos'] as { MediaBasicInfo: { Title: string } }[];
    return { names: infos.map(({ MediaBasicInfo }) => MediaBasicInfo.Title), body };
  }

  beforeEach(async () => {
    for (const [Title, name] of Object.entries({ a: 'a.mp4', b: 'b.mp3', c: 'c.mp4' })) {
      await media.register({ InputURL: `oss://media/${name}`, Title });
      media.gateway.clock.advance(1000);
    }
  });

  test('is in pages by token, in both orders, with totals as numbers', async () => {
    const first = await list({ MaxResults: '2' });
    expect([first.names, first.body['MaxResults'], first.body['TotalCount']]).toEqual([['c', 'b'], 2, 3]);
    const rest = await list({ MaxResults: '2', NextToken: first.body['NextToken'] as string });
    expect([rest.names, rest.body['NextToken']]).toEqual([['a'], '']);
    expect((await list({ SortBy: 'asc' })).names).toEqual(['a', 'b', 'c']);
  });

  test('takes times as open at their beginning and closed at their end', async () => {
    const [first, second] = ['2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z'];
    expect((await list({ StartTime: first })).names).toEqual(['c', 'b']);
    expect((await list({ EndTime: second })).names).toEqual(['b', 'a']);
    expect((await list({ StartTime: first, EndTime: second })).names).toEqual(['b']);
    const nothing = { StartTime: second, EndTime: second };
    expect(await media.refused('ListMediaBasicInfos', nothing)).toMatchObject({
      status: 400,
      code: 'InvalidParameter',
    });
  });

  test('is filtered by what media are', async () => {
    expect((await list({ MediaType: 'audio' })).names).toEqual(['b']);
    expect((await list({ Status: 'Normal' })).names).toEqual([]);
    expect((await list({ Source: 'oss', BusinessType: 'general', Category: 'old' })).names).toEqual([
      'c',
      'b',
      'a',
    ]);
    expect((await list({ MediaId: UNKNOWN_MEDIA })).names).toEqual([]);
  });

  test('has the files only where they are asked for', async () => {
    await media.register({ Title: 'd' });
    expect(JSON.stringify((await list()).body)).not.toContain('FileInfoList');
    const { body } = await list({ IncludeFileBasicInfo: 'true', MaxResults: '1', AuthTimeout: '60' });
    expect(body['MediaInfos']).toMatchObject([
      { FileInfoList: [{ FileBasicInfo: { FileSize: '1234', FileUrl: expect.stringMatching(/\?60$/) } }] },
    ]);
  });

  test('refuses a token of another list', async () => {
    const { NextToken } = (await list({ MaxResults: '1' })).body;
    const others: Record<string, string>[] = [
      { SortBy: 'asc' },
      { MediaType: 'video' },
      { StartTime: '2020-01-01T00:00:00Z' },
    ];
    for (const other of others) {
      const asked = { ...other, NextToken: NextToken as string };
      expect(await media.refused('ListMediaBasicInfos', asked)).toMatchObject({
        status: 400,
        code: 'InvalidParameter',
      });
    }
    const jobs = await media.gateway.call('ListSmartJobs', { NextToken: NextToken as string });
    expect(jobs.status).toBe(400);
  });
});
