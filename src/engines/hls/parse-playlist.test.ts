import { describe, expect, test } from 'vitest';
import { chooseStreams } from './choose-variant.ts';
import { isPlaylist, parsePlaylist } from './parse-playlist.ts';

const media = (...lines: string[]): string =>
  ['#EXTM3U', '#EXT-X-TARGETDURATION:6', ...lines, '#EXT-X-ENDLIST'].join('\n');
const segment = (uri: string): string => `#EXTINF:6,\n${uri}`;
const iv = (digits: string): Buffer => Buffer.from(digits.padStart(32, '0'), 'hex');

function segmentsOf(text: string) {
  const playlist = parsePlaylist(text);
  if (playlist.kind !== 'media') throw new Error(JSON.stringify(playlist));
  return playlist.segments;
}

describe('what a playlist is', () => {
  test.each(['#EXTM3U\n', '#EXTM3U \r\n#EXT', '\uFEFF#EXTM3U\n', '#EXTM3U'])('%j begins one', (text) => {
    expect(isPlaylist(Buffer.from(text).subarray(0, 16))).toBe(true);
  });
  test.each(['', ' #EXTM3U\n', '#EXTM3U8\n', '#extm3u\n', 'ID3 #EXTM3U\n'])('%j begins none', (text) => {
    expect(isPlaylist(Buffer.from(text).subarray(0, 16))).toBe(false);
  });
});

describe('segments', () => {
  test('come in their order, in a playlist of Windows with Chinese titles and comments', () => {
    const text = media('#EXTINF:4.5,第一集', 'a b.ts?x=1', '# remark', '', '#EXTINF:6', '../c.ts');
    expect(segmentsOf(text.replaceAll('\n', '\r\n'))).toEqual([
      { uri: 'a b.ts?x=1', number: 1, startsAnew: false },
      { uri: '../c.ts', number: 2, startsAnew: false },
    ]);
  });

  test('begin anew behind a discontinuity or another map, and a gap is left out', () => {
    const map = '#EXT-X-MAP:URI="init.mp4",BYTERANGE="700@10"';
    const found = segmentsOf(
      media(map, segment('1'), map, segment('2'), '#EXT-X-DISCONTINUITY', '#EXT-X-GAP', segment('3'), segment('4')),
    );
    expect(found.map(({ number, startsAnew }) => [number, startsAnew])).toEqual([
      [1, false],
      [2, false],
      [4, true],
    ]);
    expect(found[2]?.map).toEqual({ uri: 'init.mp4', range: { start: 10, length: 700 } });
    const other = segmentsOf(media(map, segment('1'), '#EXT-X-MAP:URI="other.mp4"', segment('2')));
    expect(other.map(({ startsAnew }) => startsAnew)).toEqual([false, true]);
  });

  test('a byte range without a start begins where the one before of the same file ended', () => {
    const ranged = (range: string, uri: string): string => `#EXT-X-BYTERANGE:${range}\n${segment(uri)}`;
    const found = segmentsOf(media(ranged('10@5', 'a'), ranged('7', 'a'), ranged('3', 'a'), segment('b')));
    expect(found.map(({ range }) => range)).toEqual([
      { start: 5, length: 10 },
      { start: 15, length: 7 },
      { start: 22, length: 3 },
      undefined,
    ]);
    expect(parsePlaylist(media(ranged('10@5', 'a'), ranged('7', 'b')))).toMatchObject({ kind: 'invalid' });
    expect(parsePlaylist(media(ranged('10@5', 'a'), segment('a'), ranged('7', 'a')))).toMatchObject({
      kind: 'invalid',
    });
  });

  test('are decrypted with the IV of their key, else with their number, until METHOD is NONE', () => {
    const found = segmentsOf(
      media(
        '#EXT-X-MEDIA-SEQUENCE:18446744073709551614',
        ...[segment('0'), '#EXT-X-KEY:METHOD=AES-128,URI="k"', segment('1')],
        ...['#EXT-X-KEY:METHOD=AES-128,URI="k,2",IV=0xaB', segment('2'), '#EXT-X-KEY:METHOD=NONE', segment('3')],
      ),
    );
    expect(found.map(({ key }) => key)).toEqual([
      undefined,
      { uri: 'k', iv: iv('ffffffffffffffff') },
      { uri: 'k,2', iv: iv('ab') },
      undefined,
    ]);
  });

  test('a key that stands beside one of a player for the same segments is used', () => {
    const both = ['#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"'];
    const found = segmentsOf(media(...both, '#EXT-X-KEY:METHOD=AES-128,URI="k"', segment('1')));
    expect(found[0]?.key?.uri).toBe('k');
  });
});

describe('what no recording is made from', () => {
  const REFUSED = [
    ['#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n', 'unsupported', 'It is live'],
    ['#EXTM3U\n#EXTINF:123,Artist - Song\nsong.mp3\n', 'invalid', 'not an HLS playlist'],
    [media(), 'invalid', 'no segment'],
    [media('#EXT-X-I-FRAMES-ONLY', segment('a')), 'unsupported', 'EXT-X-I-FRAMES-ONLY'],
    [media('#EXT-X-DEFINE:NAME="a",VALUE="b"', segment('{$a}')), 'unsupported', 'EXT-X-DEFINE'],
    [media('#EXT-X-SKIP:SKIPPED-SEGMENTS=3', segment('a')), 'unsupported', 'EXT-X-SKIP'],
    [media('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"', segment('a')), 'unsupported', 'protected by SAMPLE-AES'],
    [media('#EXT-X-KEY:METHOD=SAMPLE-AES-CTR', segment('a')), 'unsupported', 'protected by SAMPLE-AES-CTR'],
    [
      media('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"', segment('a')),
      ...(['unsupported', 'FairPlay'] as const),
    ],
    [
      media('#EXT-X-KEY:METHOD=X,KEYFORMAT="urn:uuid:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED"', segment('a')),
      ...(['unsupported', 'Widevine'] as const),
    ],
    [media('#EXT-X-KEY:METHOD=AES-128', segment('a')), 'invalid', 'Line 3: EXT-X-KEY has no URI'],
    [media('#EXT-X-KEY:METHOD=AES-128,URI="k",IV=12', segment('a')), 'invalid', 'IV'],
    [media('#EXT-X-KEY:METHOD=AES-128,URI="k"', '#EXT-X-MAP:URI="m"', segment('a')), 'invalid', 'no IV'],
    [media('#EXT-X-KEY:METHOD', segment('a')), 'invalid', 'METHOD'],
    [media('#EXT-X-MAP:BYTERANGE="1@0"', segment('a')), 'invalid', 'EXT-X-MAP has no URI'],
    [media('#EXT-X-MAP:URI="m",BYTERANGE="x"', segment('a')), 'invalid', 'BYTERANGE'],
    [media('#EXT-X-BYTERANGE:0@0', segment('a')), 'invalid', 'EXT-X-BYTERANGE'],
    [media('#EXT-X-BYTERANGE:9999999999999999@0', segment('a')), 'invalid', 'EXT-X-BYTERANGE'],
    [media('#EXT-X-MEDIA-SEQUENCE:-1', segment('a')), 'invalid', 'EXT-X-MEDIA-SEQUENCE'],
    [media('a.ts'), 'invalid', 'Line 3: no EXTINF'],
    [media('#EXTINF:NaN,', 'a'), 'invalid', 'EXTINF'],
    [media('#EXTINF:-1,', 'a'), 'invalid', 'EXTINF'],
    [media('#EXTINF:1e9,', 'a'), 'invalid', 'EXTINF'],
    [media('#EXTINF:999999999999,', 'a'), 'too-large', '7 days'],
    [media(...Array.from({ length: 20_001 }, () => segment('a'))), 'too-large', '20000 segments'],
    [
      media(...Array.from({ length: 502 }, () => `#EXT-X-DISCONTINUITY\n${segment('a')}`)),
      ...(['too-large', '500 breaks'] as const),
    ],
    ['#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n', 'invalid', 'no address follows'],
    ['#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n#EXTINF:6,\na\n', 'invalid', 'both'],
    ['#EXTM3U\n#EXT-X-STREAM-INF:="\na\n', 'invalid', 'Line 2'],
    ['no playlist', 'invalid', '#EXTM3U'],
  ] as const;

  test.each(REFUSED.map(([text, kind, reason]) => ({ text, kind, reason })))('$kind: $reason', (refused) => {
    const { text, kind, reason } = refused;
    expect(parsePlaylist(text)).toEqual({ kind, reason: expect.stringContaining(reason) as string });
  });

  test('names of attributes are names alone', () => {
    const strange = '#EXT-X-KEY:METHOD=NONE,__proto__=x,constructor="y"';
    expect(segmentsOf(media(strange, segment('a')))[0]).toEqual({ uri: 'a', number: 1, startsAnew: false });
    expect(({} as { METHOD?: string }).METHOD).toBeUndefined();
  });

  test('a playlist of type VOD is whole without its end', () => {
    expect(segmentsOf(`#EXTM3U\n#EXT-X-PLAYLIST-TYPE:VOD\n${segment('a')}\n`)).toHaveLength(1);
    const event = `#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n${segment('a')}\n`;
    expect(parsePlaylist(event)).toMatchObject({ kind: 'unsupported' });
  });

  test('five megabytes of the worst are read in the time of five megabytes', () => {
    const bulk = 5 * 1024 * 1024;
    const worst = [
      `#EXTM3U\n#EXT-X-STREAM-INF:${'A='.repeat(bulk / 2)}\na`,
      `#EXTM3U\n#EXT-X-STREAM-INF:${'A=1,'.repeat(bulk / 4)}\na`,
      `#EXTM3U\n#EXT-X-STREAM-INF:${' '.repeat(bulk)}"\na`,
      `#EXTM3U\n#EXT-X-STREAM-INF:A=${' '.repeat(bulk)}"\na`,
      `#EXTM3U\n#EXT-X-STREAM-INF:A="x"${' '.repeat(bulk)}"\na`,
      `#EXTM3U\n${'#EXT-X-STREAM-INF:A=1\na\n'.repeat(bulk / 24)}`,
      `#EXTM3U\n${'#EXT-X-MEDIA:TYPE=AUDIO\n'.repeat(bulk / 48)}${'#EXT-X-STREAM-INF:A=1\na\n'.repeat(bulk / 48)}`,
      `#EXTM3U${'\r'.repeat(bulk)}`,
    ];
    const from = process.cpuUsage();
    for (const text of worst) parsePlaylist(text);
    const { user } = process.cpuUsage(from);
    // 2 s here; quadratic time would be hours.
    expect(user / 1e6).toBeLessThan(60);
  });
});

describe('of a master', () => {
  const variant = (bandwidth: number, rest: string, uri: string): string =>
    `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth}${rest}\n${uri}`;
  const chosen = (lines: string[], wanted: 'picture' | 'sound' = 'picture') => {
    const playlist = parsePlaylist(['#EXTM3U', ...lines].join('\n'));
    if (playlist.kind !== 'master') throw new Error(JSON.stringify(playlist));
    return chooseStreams(playlist, wanted);
  };
  const ladder = [
    variant(800, ',RESOLUTION=640x360', 'low'),
    variant(5000, ',RESOLUTION=1920x1080', 'hd'),
    variant(3000, ',RESOLUTION=1280x720', 'mid'),
    variant(15_000, ',RESOLUTION=3840x2160', 'uhd'),
    variant(64, ',CODECS="mp4a.40.2"', 'sound'),
  ];

  test('the best variant up to 1080p is chosen, upright ones as well', () => {
    expect(chosen(ladder)).toEqual({ main: 'hd' });
    expect(chosen([variant(1, ',RESOLUTION=720x1280', 'a'), variant(2, ',RESOLUTION=1080x1920', 'b')])).toEqual({
      main: 'b',
    });
  });

  test('else the least of the larger ones; without sizes, the one of the most bits', () => {
    expect(chosen([variant(9, ',RESOLUTION=3840x2160', 'a'), variant(8, ',RESOLUTION=2560x1440', 'b')])).toEqual({
      main: 'b',
    });
    expect(chosen([variant(1, '', 'a'), variant(3, '', 'b'), variant(2, '', 'c')])).toEqual({ main: 'b' });
  });

  test('where sound is wanted, the variant of sound alone is, else the one of the least bits', () => {
    expect(chosen(ladder, 'sound')).toEqual({ main: 'sound' });
    expect(chosen(ladder.slice(0, 4), 'sound')).toEqual({ main: 'low' });
    expect(chosen(ladder.slice(4))).toEqual({ main: 'sound' });
  });

  test('the default sound of its group belongs to it, and is all where sound is wanted', () => {
    const sounds = [
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="b",NAME="x",DEFAULT=YES,URI="wrong"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="French, spoken",URI="fr"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=YES,URI="en"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="text"',
    ];
    const lines = [...sounds, variant(1, ',RESOLUTION=640x360,AUDIO="a"', 'picture')];
    expect(chosen(lines)).toEqual({ main: 'picture', sound: 'en' });
    expect(chosen(lines, 'sound')).toEqual({ main: 'en' });
    const inside = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES';
    expect(chosen([inside, ...lines])).toEqual({ main: 'picture' });
  });
});
