import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILM, openTestMedia, UNKNOWN_MEDIA, type TestMedia } from './test-media.ts';

let media: TestMedia;
beforeEach(() => {
  media = openTestMedia();
});
afterEach(() => media.gateway.close());

describe('GetMediaInfo', () => {
  test('finds a media by every form of its address; its id goes before that', async () => {
    const MediaId = await media.register();
    const other = await media.register({ InputURL: 'oss://media/other.mp4' });
    for (const InputURL of [FILM, 'oss://media/films/a b.mp4', 'oss://media/films/a%20b.mp4']) {
      expect(await media.info({ InputURL })).toMatchObject({ MediaId });
    }
    const both = { MediaId: other.toUpperCase(), InputURL: FILM };
    expect(await media.info(both)).toMatchObject({ MediaId: other });
  });

  test('signs FileUrl for as long as is asked', async () => {
    const { text } = await media.gateway.call('GetMediaInfo', {
      MediaId: await media.register(),
      AuthTimeout: '30',
    });
    expect(text).toContain('a b.mp4?30"');
  });

  test('tells what a job is writing, and how long it has become', async () => {
    const address = 'oss://media/films/a b.mp4';
    const output = { inputUrl: address, address, mediaType: 'audio', title: 'Speech', userData: '' } as const;
    const { mediaId: MediaId } = await media.gateway.media.reserve(media.gateway.account, output);
    expect(await media.info({ MediaId })).toMatchObject({
      MediaBasicInfo: { Status: 'Preparing' },
      FileInfoList: [],
    });
    await media.gateway.media.settle(media.gateway.account, MediaId, { status: 'Normal', duration: 2.5 });
    expect(await media.info({ MediaId })).toMatchObject({
      MediaBasicInfo: { Status: 'Normal' },
      FileInfoList: [{ FileBasicInfo: { Duration: '2.5', FileSize: '1234' } }],
    });
  });

  test.each([
    [{}, 400, 'MissingMediaId'],
    [{ MediaId: UNKNOWN_MEDIA }, 404, 'ResourceNotFound'],
    [{ MediaId: 'icepublic-1' }, 400, 'InvalidParameter'],
    [{ InputURL: 'oss://media/none.mp4' }, 404, 'NoMatchedInputUrl'],
    [{ InputURL: 'none.mp4' }, 400, 'InvalidParameter'],
    [{ MediaId: UNKNOWN_MEDIA, AuthTimeout: '604801' }, 400, 'InvalidParameter'],
  ])('refuses %j', async (parameters, status, code) => {
    expect(await media.refused('GetMediaInfo', parameters)).toMatchObject({ status, code });
  });
});

describe('SubmitASRJob', () => {
  test('takes a media id, and keeps it as it was given', async () => {
    const InputFile = await media.register();
    const { status, body } = await media.gateway.call('SubmitASRJob', { InputFile });
    expect(status).toBe(200);
    const job = await media.gateway.call('GetSmartHandleJob', { JobId: body['JobId'] as string });
    expect(job.body).toMatchObject({ SmartJobInfo: { InputConfig: { InputFile } } });
  });

  test('names an id that the account does not have', async () => {
    expect(await media.refused('SubmitASRJob', { InputFile: UNKNOWN_MEDIA })).toEqual({
      status: 400,
      code: 'InvalidParameter',
      message: `'InputFile' is invalid. The account has no media '${UNKNOWN_MEDIA}': register the file, or name its address.`,
    });
  });
});
