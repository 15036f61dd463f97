import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OFFICIAL_MODES, officialClient, type OfficialClient } from '../support/official-clients.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const UNKNOWN = '0190aaaabbbbccccddddeeeeffff0001';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(OFFICIAL_MODES)('%s', (mode) => {
  const call: OfficialClient['call'] = (...request) => officialClient(server, mode).call(...request);
  const inputUrl = `https://media.oss-cn-shanghai.aliyuncs.com/${mode.replaceAll(' ', '-')}%20(1)*~!'.mp4`;

  test('registers, gets, lists, uses and deletes a media with its strings unchanged', async () => {
    const said = { Title: "测试 (1)!' *~+&=% é", UserData: JSON.stringify({ mode, token: 'a+b/c==' }) };
    const { MediaId } = await call('RegisterMediaInfo', { InputURL: inputUrl, MediaTags: 'a,b', ...said });
    expect(MediaId).toMatch(/^[0-9a-f]{32}$/);
    const basic = {
      MediaId,
      InputURL: inputUrl,
      MediaType: 'video',
      Source: 'oss',
      Status: 'PrepareFail',
      ...said,
    };
    const media = { MediaId, MediaBasicInfo: basic };
    expect(await call('GetMediaInfo', { MediaId: MediaId! }, 'GET')).toMatchObject({
      MediaInfo: { ...media, FileInfoList: [] },
    });
    expect(await call('ListMediaBasicInfos', { MediaId: MediaId!, MaxResults: 5 }, 'GET')).toMatchObject({
      MediaInfos: [media],
      NextToken: '',
      MaxResults: 5,
      TotalCount: 1,
    });
    expect(await call('SubmitASRJob', { InputFile: MediaId! })).toMatchObject({ State: 'Created' });
    await expect(call('RegisterMediaInfo', { InputURL: inputUrl })).rejects.toMatchObject({
      code: 'MediaAlreadyExist',
      message: expect.stringContaining(MediaId!),
    });
    const MediaIds = [MediaId!, UNKNOWN].join();
    expect(await call('DeleteMediaInfos', { MediaIds })).toMatchObject({
      IgnoredList: [UNKNOWN],
      ForbiddenList: [],
    });
    await expect(call('GetMediaInfo', { InputURL: inputUrl }, 'GET')).rejects.toMatchObject({
      code: 'NoMatchedInputUrl',
    });
    await expect(call('GetMediaInfo', { MediaId: UNKNOWN }, 'GET')).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
    await expect(call('SubmitASRJob', { InputFile: UNKNOWN })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining(UNKNOWN),
    });
  });
});

test('the codes come with the statuses that the service gives them', async () => {
  const InputURL = 'oss://media/status.mp4';
  const first = await rawCall(server, 'RegisterMediaInfo', { InputURL });
  const again = await rawCall(server, 'RegisterMediaInfo', { InputURL });
  const unknown = await rawCall(server, 'GetMediaInfo', { MediaId: UNKNOWN });
  const unmatched = await rawCall(server, 'GetMediaInfo', { InputURL: 'oss://media/none.mp4' });
  expect([first, again, unknown, unmatched].map(({ status }) => status)).toEqual([200, 409, 404, 404]);
  expect(Object.keys(json(first)).toSorted()).toEqual(['MediaId', 'RequestId']);
});

test('FileUrl reads the file without a key, for as long as was asked', async () => {
  const InputURL = 'oss://samples/sense-and-sensibility.wav';
  const { MediaId } = json(await rawCall(server, 'RegisterMediaInfo', { InputURL }));
  const asked = { MediaId: MediaId as string, AuthTimeout: '90' };
  const { MediaInfo } = json(await rawCall(server, 'GetMediaInfo', asked)) as {
    MediaInfo: { MediaBasicInfo: object; FileInfoList: { FileBasicInfo: Record<string, string> }[] };
  };
  expect(MediaInfo.MediaBasicInfo).toMatchObject({ Status: 'Normal', MediaType: 'audio' });
  const { FileUrl, FileSize } = MediaInfo.FileInfoList[0]!.FileBasicInfo;
  expect(FileUrl).toContain('x-oss-expires=90&');
  const read = await fetch(FileUrl!);
  expect([read.status, String((await read.arrayBuffer()).byteLength)]).toEqual([200, FileSize]);
  expect((await fetch(FileUrl!.replace('x-oss-expires=90&', 'x-oss-expires=91&'))).status).toBe(403);
});

test('XML names the items of lists as the first generation of clients reads them', async () => {
  const { MediaId } = json(await rawCall(server, 'RegisterMediaInfo', { InputURL: 'https://example.com/x.mp4' }));
  const Format = 'XML';
  const list = await rawCall(server, 'ListMediaBasicInfos', {
    ...{ Format, MediaId: MediaId as string, IncludeFileBasicInfo: 'true' },
  });
  const { ListMediaBasicInfosResponse: listed } = new XMLParser().parse(list.text) as Record<string, unknown>;
  expect(listed).toMatchObject({
    MediaInfos: {
      MediaInfo: {
        MediaId,
        MediaBasicInfo: { Title: expect.stringMatching(/^default_title_/) },
        FileInfoList: { FileInfo: { FileBasicInfo: { FileUrl: 'https://example.com/x.mp4' } } },
      },
    },
    TotalCount: 1,
  });
  const MediaIds = `${UNKNOWN},x`;
  const deleted = await rawCall(server, 'DeleteMediaInfos', { Format, MediaIds });
  expect(deleted.text).toContain(
    `<IgnoredList><ignoredId>${UNKNOWN}</ignoredId><ignoredId>x</ignoredId></IgnoredList><ForbiddenList></ForbiddenList>`,
  );
});
