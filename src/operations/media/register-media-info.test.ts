import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILM, openTestMedia, type TestMedia } from './test-media.ts';

let media: TestMedia;
beforeEach(() => {
  media = openTestMedia();
});
afterEach(() => media.gateway.close());

describe('RegisterMediaInfo', () => {
  test('gives an id, under which everything is found that was said, and the file', async () => {
    const said = {
      ...{ MediaType: 'video', BusinessType: 'opening', Title: 'Film', Description: 'A film', MediaTags: 'a,b' },
      ...{ CoverURL: 'http://example.com/c.png', CateId: '3048', UserData: '{"k":1}', ReferenceId: 'my-own_id' },
    };
    const MediaId = await media.register(said);
    expect(MediaId).toMatch(/^[0-9a-f]{32}$/);
    expect(await media.info({ MediaId })).toEqual({
      MediaId,
      MediaBasicInfo: {
        ...{ ...said, CateId: 3048, MediaId, InputURL: FILM, Source: 'oss', Biz: 'ICE', Status: 'Normal' },
        ...{ CreateTime: '2026-01-02T03:04:05Z', ModifiedTime: '2026-01-02T03:04:05Z' },
      },
      FileInfoList: [
        {
          FileBasicInfo: {
            ...{ FileName: 'a b.mp4', FileStatus: 'Normal', FileType: 'source_file', FileSize: '1234' },
            FileUrl: `https://signed/${media.gateway.account}/media/films/a b.mp4?3600`,
            ModifiedTime: '2026-01-01T00:00:00Z',
          },
        },
      ],
    });
  });

  test('knows type and use by the extension, and has the title of the service', async () => {
    const InputURL = 'oss://media/subtitles.srt';
    const info = await media.info({ MediaId: await media.register({ InputURL }) });
    expect(info['MediaBasicInfo']).toMatchObject({
      ...{ MediaType: 'text', BusinessType: 'subtitles', Title: 'default_title_2026-01-02T03:04:05Z' },
      ...{ UserData: '', ReferenceId: '' },
    });
    expect(info['MediaBasicInfo']).not.toHaveProperty('CateId');
  });

  test('of an object that is not there is PrepareFail, without a file', async () => {
    const MediaId = await media.register({ InputURL: 'oss://media/none.mp4' });
    expect(await media.info({ MediaId })).toMatchObject({
      MediaBasicInfo: { Status: 'PrepareFail' },
      FileInfoList: [],
    });
  });

  test('takes an oss key with percent signs as it is meant', async () => {
    const MediaId = await media.register({ InputURL: 'oss://media/films/a%20b.mp4' });
    expect(await media.info({ MediaId })).toMatchObject({
      MediaBasicInfo: { Status: 'Normal' },
      FileInfoList: [{ FileBasicInfo: { FileSize: '1234', FileName: 'a%20b.mp4' } }],
    });
  });

  test('takes a public FILM, which is its own FileUrl', async () => {
    const InputURL = 'https://example.com/talk.mp3?v=2';
    const MediaId = await media.register({ InputURL });
    expect(await media.info({ MediaId })).toMatchObject({
      MediaBasicInfo: { InputURL, Source: 'general', MediaType: 'audio', Status: 'Normal' },
      FileInfoList: [{ FileBasicInfo: { FileName: 'talk.mp3', FileType: 'source_file', FileUrl: InputURL } }],
    });
  });

  test('of a file that has an id is refused in every form of its address, until it is overwritten', async () => {
    const MediaId = await media.register();
    for (const InputURL of [FILM, 'oss://media/films/a b.mp4', `${FILM}?Signature=x`]) {
      expect(await media.refused('RegisterMediaInfo', { InputURL })).toEqual({
        status: 409,
        code: 'MediaAlreadyExist',
        message: `The media with the given inputUrl ${InputURL} exists already, mediaId: ${MediaId}. Use that id, or register with Overwrite=true.`,
      });
    }
    const fresh = await media.register({ InputURL: 'oss://media/films/a b.mp4', Overwrite: 'True' });
    expect(fresh).not.toBe(MediaId);
    expect(await media.refused('GetMediaInfo', { MediaId })).toMatchObject({
      status: 404,
      code: 'ResourceNotFound',
    });
  });

  test('with a ClientToken can be repeated', async () => {
    const MediaId = await media.register({ ClientToken: 'token', Title: 'One' });
    expect(await media.register({ ClientToken: 'token', Title: 'One' })).toBe(MediaId);
    const other = { InputURL: FILM, ClientToken: 'token', Title: 'Two' };
    expect(await media.refused('RegisterMediaInfo', other)).toMatchObject({
      status: 400,
      code: 'IdempotentParameterMismatch',
    });
  });

  test('keeps ReferenceIds apart', async () => {
    await media.register({ ReferenceId: 'reference' });
    const other = { InputURL: 'oss://media/b.mp4', ReferenceId: 'reference' };
    expect(await media.refused('RegisterMediaInfo', other)).toMatchObject({
      status: 409,
      code: 'MediaAlreadyExist',
    });
  });

  test.each([
    [{ InputURL: '' }, 'MissingInputURL', 'InputURL is mandatory'],
    [{ InputURL: 'vod://0190' }, 'InvalidParameter', '\'InputURL\' is invalid. "vod://0190" is not an address'],
    [{ MediaType: 'film' }, 'InvalidParameter', 'image, video, audio, text'],
    [{ MediaType: 'text', BusinessType: 'opening' }, 'InvalidParameter', 'subtitles or font where'],
    [{ Title: 'x'.repeat(129) }, 'InvalidParameter', 'at most 128 bytes'],
    [{ MediaTags: 'x,'.repeat(16) }, 'InvalidParameter', 'input: 17 tags, value range: at most 16 tags'],
    [{ MediaTags: `a,${'测'.repeat(11)}` }, 'InvalidParameter', 'tags of at most 32 bytes'],
    [{ ReferenceId: 'short' }, 'InvalidParameter', '6 to 64 letters'],
    [{ Overwrite: 'yes' }, 'InvalidParameter', "'Overwrite' is invalid, input: yes, value range: true, false"],
    [{ WorkflowId: 'w' }, 'InvalidParameter.NotSupport', "'WorkflowId' is not served here."],
    [{ SmartTagTemplateId: 's' }, 'InvalidParameter.NotSupport', "'SmartTagTemplateId'"],
  ])('refuses %j', async (parameters, code, message) => {
    expect(await media.refused('RegisterMediaInfo', { InputURL: FILM, ...parameters })).toEqual({
      status: 400,
      code,
      message: expect.stringContaining(message),
    });
    expect(await media.answered('ListMediaBasicInfos')).toMatchObject({ TotalCount: 0 });
  });
});
