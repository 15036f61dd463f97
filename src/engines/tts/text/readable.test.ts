import { describe, expect, test } from 'vitest';
import { readableEnglish } from './readable-english.ts';
import { readableMandarin } from './readable-mandarin.ts';

describe('plain English', () => {
  test.each([
    ['It costs $5.20, or €3.', 'It costs five dollars and twenty cents, or three euros.'],
    ['$2.5 million, please', 'two point five million dollars, please'],
    ['on 2024-05-01 at 10:30 am', 'on May first, twenty twenty four at ten thirty A M'],
    ['5% of 20 °C', '5 percent of 20 degrees Celsius'],
    ['salt & pepper', 'salt and pepper'],
    ['no. 12345678901234', 'no. one two three four five six seven eight nine zero one two three four'],
    ['2024-99-99 and 99:99', '2024-99-99 and 99:99'],
    ['3.14 and 1999', '3.14 and 1999'],
  ])('%s', (written, spoken) => {
    expect(readableEnglish(written)).toBe(spoken);
  });
});

describe('plain Mandarin', () => {
  test.each([
    ['2024年5月1日', '二零二四年五月一日'],
    ['1998年出生，今年26岁', '一九九八年出生，今年二十六岁'],
    ['2020-2024年', '二零二零到二零二四年'],
    ['2024-05-01 14:05', '二零二四年五月一日 十四点零五分'],
    ['圆周率是3.14', '圆周率是三点一四'],
    ['增长３．５％', '增长百分之三点五'],
    ['￥20.50和$3', '二十元五角和三美元'],
    ['2个人，第2个，12个', '两个人，第二个，十二个'],
    ['气温-5℃', '气温负五摄氏度'],
    ['增长-5%，3-5%', '增长负百分之五，三到百分之五'],
    ['3-5天', '三到五天'],
    ['比分3:2', '比分三比二'],
    ['1/3的人', '三分之一的人'],
    ['2+3=5', '二加三等于五'],
    ['跑了10km，重5kg', '跑了十公里，重五公斤'],
    ['电话13800138000或010-12345678', '电话幺三八，零零幺三，八零零零或零幺零，幺二三四五六七八'],
    ['版本1.2.3，编号007', '版本一点二点三，编号零零七'],
    ['看NBA', '看 N B A '],
    ['12,345元', '一万二千三百四十五元'],
  ])('%s', (written, spoken) => {
    expect(readableMandarin(written)).toBe(spoken);
  });

  test('no digit is left to the engine', () => {
    for (const text of ['1e5', '0x1F', '99999999999999999999999', '1.2.3.4.5', '12:345', '1,2,3', '½ 3²']) {
      expect(readableMandarin(text)).not.toMatch(/[0-9]/);
    }
  });
});
