import { expect, test } from 'vitest';
import { isLeftAsItIs } from './song-marks.ts';

test.each(['♪ la la la', 'la la ♫', '🎵', '# I sing #', '＃歌＃'])(
  '%s is sung, which counts where songs are skipped',
  (text) => {
    expect([isLeftAsItIs(text, true), isLeftAsItIs(text, false)]).toEqual([true, false]);
  },
);

test.each(['[Music]', '[door slams] [steps]', '【音乐】'])('%s names a sound', (text) => {
  expect(isLeftAsItIs(text, false)).toBe(true);
});

test.each(['We are #1', '#hashtag and so on', '[sighs] Well, no.', 'Hello', ''])('%s is said', (text) => {
  expect(isLeftAsItIs(text, true)).toBe(false);
});
