import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { wrapRows } from './wrap-rows.ts';

describe('rows', () => {
  test('are as few as will do, of similar lengths, and end behind marks', () => {
    expect(wrapRows('The quick brown fox jumps over the lazy dog.', 'en', 30)).toEqual([
      'The quick brown fox',
      'jumps over the lazy dog.',
    ]);
    expect(wrapRows('When it was over, they all went home together.', 'en', 34)).toEqual([
      'When it was over,',
      'they all went home together.',
    ]);
  });

  test('of Chinese and Japanese end between words, and none begins with a mark', () => {
    expect(wrapRows('他说：“今天的天气真好，我们一起去公园散步吧。”然后就走了。', 'zh', 36)).toEqual([
      '他说：“今天的天气真好，',
      '我们一起去公园散步吧。”然后就走了。',
    ]);
    for (const columns of [8, 10, 12, 14, 20]) {
      for (const row of wrapRows('今日は、とても「いい」天気なので、コーヒーを飲みましょう！', 'ja', columns)) {
        expect(row).not.toMatch(/^[、。」！ー]|「$/);
      }
    }
  });

  test('of Korean and Spanish end at spaces', () => {
    expect(wrapRows('오늘은 날씨가 정말 좋네요. 우리 같이 공원에 갈까요?', 'ko', 30)).toEqual([
      '오늘은 날씨가 정말 좋네요.',
      '우리 같이 공원에 갈까요?',
    ]);
    expect(wrapRows('¿Qué quieres hacer? ¡Dímelo ahora!', 'es', 20)).toEqual([
      '¿Qué quieres hacer?',
      '¡Dímelo ahora!',
    ]);
  });

  test('that fit stay, and two people keep one each', () => {
    expect(wrapRows('One.\nTwo.', 'en', 42)).toEqual(['One.', 'Two.']);
    expect(wrapRows('- Who is there?\n- It is only me, your neighbour.', 'en', 24)).toEqual([
      '- Who is there?',
      '- It is only me,',
      'your neighbour.',
    ]);
  });

  test('that do not fit are set anew', () => {
    expect(wrapRows('A row that is too long for the picture\nhere', 'en', 24)).toEqual([
      'A row that is too long',
      'for the picture here',
    ]);
  });
});

test('marks without end do not make a row without end', () => {
  for (const text of ['No'.padEnd(300, '!'), '.'.repeat(300), `あ${'ー'.repeat(150)}`]) {
    const rows = wrapRows(text, undefined, 42);
    expect(rows.join('')).toBe(text);
    for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(44);
  }
});

test('rare Chinese characters, of two units each, are set like others', () => {
  expect(wrapRows('𠮷野家の𠮷田さんは𠮷祥寺に住んでいる𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋', 'ja', 24).join('')).not.toContain(
    ' ',
  );
  expect(wrapRows('𠮷𠮷𠮷𠮷𠮷𠮷𠮷\n𠮷𠮷', 'zh', 12).join('|')).not.toContain(' ');
});

test('rows fit, and hold the whole text', () => {
  const pieces = fc.constantFrom(
    'word',
    'longerword',
    ' ',
    ', ',
    '. ',
    '“',
    '”',
    '汉字',
    'かな',
    '。',
    '한글',
    '-',
    '(',
    ')',
    'é',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.integer({ min: 12, max: 42 }), (parts, columns) => {
      const text = parts.join('').replaceAll(/ +(?=[,.”)。-])/g, '');
      const rows = wrapRows(text, undefined, columns);
      expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const row of rows) expect(row.trim()).toBe(row);
      const words = text.split(/\s+/).map(columnsOf);
      const unbroken = Math.max(0, ...words) <= columns;
      expect(rows.every((row) => columnsOf(row) <= columns) || !unbroken).toBe(true);
    }),
  );
});
