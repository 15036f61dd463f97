import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSubtitles, type ParsedSubtitles } from './parse-subtitles.ts';
import type { SubtitleLine } from './subtitle-line.ts';
import { subtitleLineCues } from './translated-cues.ts';
import { srt, webVtt } from './write-subtitles.ts';

const GOOD = '1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n';
const LINES = [
  { from: 1, to: 2.5, text: 'Hello' },
  { from: 3, to: 4, text: 'World' },
];

const linesOf = (file: string | Uint8Array): unknown => {
  const parsed = parseSubtitles(file);
  return parsed.kind === 'parsed' ? parsed.lines : parsed;
};

function broken(parsed: ParsedSubtitles): { line: number; message: string } {
  return parsed.kind === 'broken' ? parsed : { line: 0, message: JSON.stringify(parsed) };
}

describe('SubRip as people have it', () => {
  test.each([
    ['with a mark and the line ends of Windows', `\ufeff${GOOD.replaceAll('\n', '\r\n')}`],
    ['with the line ends of old Macs', GOOD.replaceAll('\n', '\r')],
    ['without numbers', GOOD.replaceAll(/^\d\n/gm, '')],
    ['without empty lines', GOOD.replaceAll('\n\n', '\n')],
    ['with points for commas', GOOD.replaceAll(',', '.')],
    ['with blanks at the ends of lines', GOOD.replaceAll('\n', '  \n')],
    ['with blanks in times', GOOD.replaceAll(':', ': ')],
    ['without hours', GOOD.replaceAll('00:00:', '00:')],
    ['with positions', GOOD.replaceAll(/(--> \S+)/g, '$1  X1:40 X2:600 Y1:20 Y2:50')],
    ['with other arrows', GOOD.replaceAll('-->', '->')],
    ['with markup', GOOD.replace('Hello', '{\\an8}<font color="#fff"><i>Hel</i>lo</font>')],
    ['with empty lines in a text', GOOD.replace('Hello', '\nHello\n\n')],
    ['with a note above', `Made by me\n\n${GOOD}`],
    ['without an end of the last line', GOOD.trimEnd()],
    ['with an empty line below each', GOOD.replaceAll('\n', '\n\n')],
    ['with line ends of Windows that were made twice', GOOD.replaceAll('\n', '\r\r\n')],
    ['out of order', `2\n00:00:03,000 --> 00:00:04,000\nWorld\n\n${GOOD.slice(0, 39)}`],
    ['with a cue that has no text', `${GOOD}\n3\n00:00:05,000 --> 00:00:06,000\n\n`],
  ])('%s', (_, file) => {
    expect(linesOf(file)).toEqual(LINES);
  });

  test('a number may be what is said', () => {
    const file = '1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n1984\nis a year\n';
    expect(linesOf(file)).toEqual([
      { from: 1, to: 2, text: '42' },
      { from: 3, to: 4, text: '1984\nis a year' },
    ]);
  });

  test.each(['5 -> 6', '10 → 20', '9:30 -> 10:30 the news', 'from\n1.5 --> 2', 'a --> b'])(
    '%j is what is said, not times',
    (text) => {
      const file = `1\n00:00:01,000 --> 00:00:02,000\n${text}\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n`;
      expect(linesOf(file)).toEqual([
        { from: 1, to: 2, text },
        { from: 3, to: 4, text: 'World' },
      ]);
    },
  );

  test('text keeps what only looks like markup, and gets what entities stand for', () => {
    const file = '1\n00:00:01,000 --> 00:00:02,000\na < b > c <3 &amp;lt; &#191;Qu&#xE9;? {no} &unknown;\n';
    expect(linesOf(file)).toEqual([{ from: 1, to: 2, text: 'a < b > c <3 &lt; ¿Qué? {no} &unknown;' }]);
  });

  test.each([
    ['GB18030', [0xc4, 0xe3, 0xba, 0xc3, 0xca, 0xc0, 0xbd, 0xe7], '你好世界'],
    ['Windows-1252', [0xbf, 0x51, 0x75, 0xe9, 0x20, 0x61, 0xf1, 0x6f, 0x3f], '¿Qué año?'],
  ])('in %s', (encoding, bytes, text) => {
    const head = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n');
    const parsed = parseSubtitles(Buffer.concat([head, Buffer.from(bytes)]));
    expect(parsed).toMatchObject({ kind: 'parsed', lines: [{ text }], notes: [expect.stringContaining(encoding)] });
  });

  test('in UTF-16', () => {
    expect(linesOf(Buffer.from(`\ufeff${GOOD}`, 'utf16le'))).toEqual(LINES);
  });

  test('what is unusual is noted', () => {
    const file = `${GOOD}\n3\n00:00:03,500 --> 00:00:05,000\nOver\n\n4\n00:00:00,000 --> 00:00:00,000\nNo time\n`;
    expect(parseSubtitles(file)).toMatchObject({
      lines: [{ text: 'Hello' }, { text: 'World' }, { text: 'Over' }],
      rows: [2, 6, 10],
      notes: [/end when they begin.*: 1/, /put in order: 1/, /before the one before them ends: 1/].map((note) =>
        expect.stringMatching(note),
      ),
    });
  });
});

describe('WebVTT', () => {
  const vtt =
    'WEBVTT - a title\nKind: captions\n\nNOTE\nnobody sees --this\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n' +
    'first\n00:01.000 --> 00:02.500 align:start position:10%\n<v.loud Anna>Hel<00:00:01.500><c.x>lo</c></v>\n\n' +
    '00:00:03.000 --> 00:00:04.000\nWorld\n';

  test('is read without its notes, styles, regions, names of cues, settings and voices', () => {
    expect(parseSubtitles(vtt)).toEqual({ kind: 'parsed', format: 'vtt', lines: LINES, rows: [14, 17], notes: [] });
    expect(parseSubtitles(vtt, 'srt')).toMatchObject({ format: 'vtt', lines: LINES });
  });

  test('times end the cue above them, and the header, without an empty line too', () => {
    const close = 'WEBVTT\nKind: captions\n00:01.000 --> 00:02.500\nHello\n00:03.000 --> 00:04.000\nWorld\n';
    expect(linesOf(close)).toEqual(LINES);
  });

  test('a note may hold an arrow', () => {
    expect(linesOf(vtt.replace('nobody sees', 'a --> b'))).toEqual(LINES);
  });

  test('text behind an empty line is no part of the cue', () => {
    const parsed = parseSubtitles(`${vtt}\nmore\n`);
    expect(parsed).toMatchObject({ lines: LINES, notes: [expect.stringContaining('no cues')] });
  });
});

describe('a broken file is refused with its line', () => {
  test.each([
    ['a time that cannot be read', GOOD.replace('00:00:04,000', '00:0x:04,000'), 6, /"00:0x:04,000" is not a time/],
    ['a time that no clock has', GOOD.replace('00:00:04,000', '00:00:74,000'), 6, /not a time/],
    ['an end before the start', GOOD.replace('00:00:04,000', '00:00:02,000'), 6, /before it begins/],
    ['a time without an arrow', GOOD.replace('3,000 -->', '3,000'), 6, /not a time|missing/],
    ['a time without an end', GOOD.replace('00:00:04,000', ''), 6, /missing/],
    ['no cue', 'Some text.\nMore of it.\n', 1, /no cue/],
    ['nothing', '', 1, /no cue/],
    ['only cues without a text', '1\n00:00:01,000 --> 00:00:02,000\n\n', 2, /text and a duration/],
    ['a WebVTT time that cannot be read', 'WEBVTT\n\n00:01 --> later\nHi\n', 3, /"later" is not a time/],
    ['a cue that nobody can read', GOOD.replace('World', 'word '.repeat(401)), 6, /more than 2000 characters/],
    ['a first time that cannot be read, without a number', '0x:01 --> 00:00:02,000\nHi\n', 1, /"0x:01" is not/],
    ['a cue of marks', GOOD.replace('World', '<i>'.repeat(7000)), 6, /more than 20000 characters, its marks/],
    ['more lines than subtitles have', `${GOOD}${'\n'.repeat(400_000)}`, 400_001, /more than 400000 lines/],
    ['characters that no text has', `${GOOD}\0`, 1, /not a text/],
  ])('%s', (_, file, line, message) => {
    const parsed = broken(parseSubtitles(file));
    expect(parsed.message).toMatch(message);
    expect(parsed.line).toBe(line);
  });

  test('a picture, a file that is too large, too many cues, and WebVTT that is none', () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0xff]);
    expect(broken(parseSubtitles(png)).message).toMatch(/not a text/);
    expect(broken(parseSubtitles(new Uint8Array(11 * 1024 * 1024))).message).toMatch(/more than 10 MiB/);
    const cue = '00:00:01,000 --> 00:00:02,000\nHi\n\n';
    expect(parseSubtitles(cue.repeat(20_000))).toMatchObject({ kind: 'parsed' });
    expect(broken(parseSubtitles(cue.repeat(20_001)))).toMatchObject({ line: 60_001 });
    expect(broken(parseSubtitles(GOOD, 'vtt')).message).toMatch(/WEBVTT/);
  });
});

test.each([
  ['blanks behind the times', `1\n00:00:01,000 --> 00:00:02,000${' '.repeat(2_000_000)}1\nHi\n`],
  ['blanks in the times', `1\n00:00:01,000 --> 00:00:${' '.repeat(2_000_000)}00,000\nHi\n`],
  ['marks that are never closed', `1\n00:00:01,000 --> 00:00:02,000\n${'<i '.repeat(600_000)}\n`],
  ['nothing but line ends', '\n'.repeat(2_000_000)],
])('a long file of %s is dealt with in proportion to its length', (_, file) => {
  const start = performance.now();
  const parsed = parseSubtitles(file);
  // Some tens of milliseconds; a search that begins anew at each character takes hours.
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(JSON.stringify(parsed).length).toBeLessThan(400);
});

/** Rows without blanks at their ends, as every reader gives them. */
const row = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      '<i>',
      '{\\an8}',
      'a --> b',
      '&amp;',
      '\\N',
      '{y:i}',
      '</v>',
      '&#65;',
      '<br>',
      '-->',
      '中文 字幕',
      '00:00:03,000 –> 00:00:04,000 x',
      '9:30 -> 10:30',
      '5 → 6',
      '12',
    ),
  )
  .map((text) => text.replaceAll(/[\p{C}\s]+/gu, ' ').trim())
  .filter((text) => text !== '');

const subtitles = fc
  .array(
    fc.record({
      gap: fc.nat(5000),
      length: fc.integer({ min: 1, max: 9000 }),
      rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((cues) => {
    let at = 0;
    return cues.map(({ gap, length, rows }): SubtitleLine => {
      const from = at + gap;
      at = from + length;
      return { from: from / 1000, to: at / 1000, text: rows.join('\n') };
    });
  });

test.each([
  ['SubRip', srt],
  ['WebVTT', webVtt],
])('what is written as %s is read as it was', (_, write) => {
  fc.assert(
    fc.property(subtitles, (lines) => {
      expect(linesOf(write(subtitleLineCues(lines)))).toEqual(lines);
    }),
  );
});

test('no text makes the reader fail, and lines always have a length', () => {
  const pieces = fc.constantFrom(
    '1',
    '\n',
    '00:00:01,000',
    ' --> ',
    '00:00:02,000',
    'WEBVTT',
    'text',
    '<',
    '{',
    '&#',
    ',',
    '-->',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (parts) => {
      const parsed = parseSubtitles(parts.join(''));
      const sound =
        parsed.kind === 'broken'
          ? parsed.line > 0
          : parsed.lines.every(({ from, to, text }) => to > from && text !== '');
      expect(sound).toBe(true);
    }),
  );
});
