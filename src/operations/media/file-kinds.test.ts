import { expect, test } from 'vitest';
import { businessTypeOf, fileName, mediaTypeOf } from './file-kinds.ts';

test.each([
  ['oss://bucket/a/b.MP4', 'b.MP4', 'video', 'general'],
  ['https://example.com/talk.mp3?key=a.srt', 'talk.mp3', 'audio', 'general'],
  ['oss://bucket/picture.gif', 'picture.gif', 'image', 'general'],
  ['oss://bucket/film.srt', 'film.srt', 'text', 'subtitles'],
  ['oss://bucket/hei.ttf', 'hei.ttf', 'text', 'font'],
  ['oss://bucket/mp4', 'mp4', '', 'general'],
  ['oss://bucket/folder.mp4/data', 'data', '', 'general'],
])('%s is known by its extension alone', (address, name, type, business) => {
  const found = mediaTypeOf(address);
  expect([fileName(address), found, businessTypeOf(found, address)]).toEqual([name, type, business]);
});
