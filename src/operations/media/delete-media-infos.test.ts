import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILM, openTestMedia, UNKNOWN_MEDIA, type TestMedia } from './test-media.ts';

let media: TestMedia;
beforeEach(() => {
  media = openTestMedia();
});
afterEach(() => media.gateway.close());

describe('DeleteMediaInfos', () => {
  test('ends the ids that it knows and names the others as they were sent', async () => {
    const MediaId = await media.register();
    const body = await media.answered('DeleteMediaInfos', {
      MediaIds: ` ${MediaId},${UNKNOWN_MEDIA}, nonsense,${MediaId}`,
      InputURLs: 'oss://never/looked-at',
    });
    expect(body).toMatchObject({ IgnoredList: [UNKNOWN_MEDIA, 'nonsense'], ForbiddenList: [] });
    expect(await media.refused('GetMediaInfo', { MediaId })).toMatchObject({
      status: 404,
      code: 'ResourceNotFound',
    });
  });

  test('takes addresses, with commas in them too', async () => {
    await media.register();
    await media.register({ InputURL: 'oss://media/a,b.mp4' });
    const InputURLs = `${FILM}?,oss://media/a,b.mp4,vod://x,oss://media/none.mp4`;
    const body = await media.answered('DeleteMediaInfos', { InputURLs });
    expect(body).toMatchObject({ IgnoredList: ['vod://x', 'oss://media/none.mp4'] });
    expect(await media.answered('ListMediaBasicInfos')).toMatchObject({ TotalCount: 0 });
  });

  test('leaves the files: asked to delete them too, it does nothing', async () => {
    const MediaId = await media.register();
    const asked = { MediaIds: MediaId, DeletePhysicalFiles: 'true' };
    expect(await media.refused('DeleteMediaInfos', asked)).toMatchObject({
      status: 400,
      code: 'InvalidParameter.NotSupport',
    });
    expect(await media.info({ MediaId })).toMatchObject({ MediaId });
  });

  test('takes one to twenty', async () => {
    const many = Array.from({ length: 21 }, (_, index) => String(index)).join(',');
    const lists: Record<string, string>[] = [{ MediaIds: many }, { MediaIds: ' , ' }, { InputURLs: ' ' }];
    for (const asked of lists) {
      expect(await media.refused('DeleteMediaInfos', asked)).toMatchObject({
        status: 400,
        code: 'InvalidParameter',
      });
    }
    expect(await media.refused('DeleteMediaInfos', {})).toMatchObject({ status: 400, code: 'MissingMediaIds' });
  });
});
