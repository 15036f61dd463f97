import { describe, expect, test } from 'vitest';
import { subtitleLook, type SubtitleStyle } from './subtitle-style.ts';

const HD = { width: 1280, height: 720 };
const lookOf = (style: SubtitleStyle, canvas?: { width: number; height: number }): unknown =>
  subtitleLook(style, HD, canvas);

describe('where a text stands', () => {
  test.each<[string, SubtitleStyle, { anchor: number; x: number; y: number }]>([
    ['nothing said: at the bottom', {}, { anchor: 2, x: 640, y: 684 }],
    ['fractions', { x: 0.5, y: 0.82, alignment: 'CenterCenter' }, { anchor: 5, x: 640, y: 590.4 }],
    ['fractions without an alignment: around them', { x: 0.25, y: 0.5 }, { anchor: 5, x: 320, y: 360 }],
    ['pixels', { x: 100, y: 200, alignment: 'TopLeft' }, { anchor: 7, x: 100, y: 200 }],
    [
      'an X of 0 with a centred text is none',
      { x: 0, y: 200, alignment: 'TopCenter' },
      { anchor: 8, x: 640, y: 200 },
    ],
    ['an X of 0 at the left is the edge', { x: 0, y: 0, alignment: 'TopLeft' }, { anchor: 7, x: 0, y: 0 }],
    ['an alignment alone', { alignment: 'BottomRight' }, { anchor: 3, x: 1216, y: 684 }],
    ['outside: at the edge', { x: 5000, y: 5000, alignment: 'TopRight' }, { anchor: 9, x: 1280, y: 720 }],
  ])('%s', (_, style, expected) => {
    expect(lookOf(style)).toMatchObject(expected);
  });

  test('pixels are those of the canvas', () => {
    const canvas = { width: 640, height: 360 };
    const style = { x: 100, y: 200, fontSize: 20, outline: 2, textWidth: 300, alignment: 'TopLeft' } as const;
    expect(lookOf(style, canvas)).toMatchObject({ x: 200, y: 400, fontSize: 40, outline: 4, rowWidth: 600 });
  });

  test('rows end inside of the picture', () => {
    expect(lookOf({ x: 0.9, y: 0.5 })).toMatchObject({ rowWidth: 256 });
    expect(lookOf({ x: 0.9, y: 0.5, alignment: 'TopLeft', textWidth: 0.8 })).toMatchObject({ rowWidth: 128 });
  });
});

describe('how it looks', () => {
  test('a font size of 0 hides it', () => {
    expect(lookOf({ fontSize: 0 })).toBeUndefined();
  });

  test.each<[SubtitleStyle, string]>([
    [{ fontColor: '#ff8000' }, '&H000080FF'],
    [{ fontColor: '#f80' }, '&H000088FF'],
    [{ fontColor: '#ff800080' }, '&H7F0080FF'],
    [{ fontColor: '#ffffff', fontColorOpacity: 0.5 }, '&H80FFFFFF'],
    [{ fontColorOpacity: 0 }, '&HFFFFFFFF'],
    [{}, '&H00FFFFFF'],
  ])('the colour of %o', (style, fontColor) => {
    expect(lookOf(style)).toMatchObject({ fontColor });
  });
});
