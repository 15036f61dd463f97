import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assFile } from './ass-file.ts';
import { stackRows } from './stack-rows.ts';
import type { InstalledFont } from './subtitle-fonts.ts';
import { subtitleLook, type SubtitleStyle } from './subtitle-style.ts';

const size = { width: 640, height: 360 };

function eventsOf(texts: string[], style: SubtitleStyle = {}, font?: InstalledFont): string[] {
  const look = subtitleLook(style, size);
  if (look === undefined) throw new Error('hidden');
  const file = assFile({
    lines: [{ from: 1, to: 3723.456, texts }],
    look,
    size,
    ...(font !== undefined && { font }),
  });
  return file.split('\n').filter((line) => line.startsWith('Dialogue:'));
}

/** Without what we put there ourselves. */
const textOf = (event: string | undefined): string =>
  (event ?? '')
    .replaceAll(/\{\\(?:an|fn)[^{}]*\}/g, '')
    .split(',,')
    .at(-1) ?? '';

describe('a line of a file for libass', () => {
  test('has its times, its place, and a font for each script', () => {
    expect(eventsOf(['Hola 世界'], { fontSize: 20 })).toEqual([
      'Dialogue: 0,0:00:01.00,1:02:03.46,Line,,0,0,0,,{\\an2\\pos(320,342)}' +
        '{\\fnNoto Sans\\fs27.24}Hola {\\fnNoto Sans SC Thin\\fs28.96}世界',
    ]);
  });

  test('has both languages, one above the other', () => {
    expect(textOf(eventsOf(['Good morning', 'Buenos días'])[0])).toBe('Good morning\\NBuenos días');
  });

  test('is broken into rows that fit', () => {
    const rows = textOf(eventsOf(['one two three four five six'], { fontSize: 40, textWidth: 0.5 })[0]).split(
      '\\N',
    );
    expect(rows).toEqual(['one two three', 'four five six']);
  });

  test('of many rows stays in the picture', () => {
    const [event] = eventsOf(['one two three four'], { fontSize: 40, textWidth: 0.2, y: 0.9 });
    expect(textOf(event).split('\\N')).toHaveLength(4);
    expect(event).toContain('\\pos(320,244)');
    expect(eventsOf(['one'], { fontSize: 40, y: 0, alignment: 'CenterLeft' })[0]).toContain('\\pos(32,180)');
    expect(eventsOf(['one'], { fontSize: 40, y: 0.01 })[0]).toContain('\\pos(320,29)');
  });

  test('that stands while another one does stands beside it, and the next one in the usual place again', () => {
    const times = ['1 4', '2 6', '3 5', '4.5 7', '8 10.05', '10 11'].map((text) => text.split(' ').map(Number));
    const placesOf = (style: SubtitleStyle): number[] => {
      const look = subtitleLook({ fontSize: 20, ...style }, size);
      if (look === undefined) throw new Error('hidden');
      const lines = times.map(([from = 0, to = 0]) => ({ from, to, texts: ['one'] }));
      const places = [...assFile({ lines, look, size }).matchAll(/\\pos\(320,([\d.]+)\)/g)].map(([, y]) =>
        Number(y),
      );
      return places.map((y) => y - (places[0] ?? 0));
    };
    expect(placesOf({})).toEqual([0, -29, -58, 0, 0, 0]);
    expect(placesOf({ alignment: 'TopCenter' })).toEqual([0, 29, 58, 0, 0, 0]);
    // Twelve rows fit one above the other, and a picture that is full has the rest where it would be alone.
    const crowd = stackRows(
      Array.from({ length: 14 }, () => ({ from: 0, to: 1, top: 331, height: 29 })),
      'up',
      size.height,
    );
    expect(crowd.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, at) => 331 - 29 * at));
    expect(crowd.slice(12)).toEqual([331, 331]);
  });

  test('that ends a little late ends when the next one begins', () => {
    const look = subtitleLook({}, size);
    if (look === undefined) throw new Error('hidden');
    const lines = [
      { from: 1, to: 2.04, texts: ['one'] },
      { from: 2, to: 3, texts: ['two'] },
    ];
    expect(assFile({ lines, look, size })).toContain('Dialogue: 0,0:00:01.00,0:00:02.00,');
  });

  test('is drawn in the font of the caller where that can draw the script', () => {
    const font = { family: 'KaiTi', height: 1.2, languages: new Set(['zh-cn', 'en']) };
    expect(eventsOf(['你好 한국'], {}, font)[0]).toMatch(/\\fnKaiTi\\fs[\d.]+\}你好 \{\\fnNoto Sans KR Thin/);
  });

  test('of nothing there is none', () => {
    expect(eventsOf(['', ' \n'])).toEqual([]);
  });

  test('nothing that a text says is an instruction', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '\\',
      'N',
      'n',
      'h',
      '{\\p1}',
      '\\{',
      '\n',
      '\r',
      '\u2028',
      'Dialogue: 0,',
      '文',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const events = eventsOf([parts.join('')]);
        expect(events.length).toBeLessThanOrEqual(1);
        const text = textOf(events[0])
          .replaceAll('\\N', '')
          .replaceAll(/\\[{}]/g, '');
        // What is left of backslashes stands before a word joiner, and of braces nothing.
        expect(text).not.toMatch(/[{}]|\\(?!\u2060)/);
      }),
    );
  });
});
