import { expect, test } from 'vitest';
import { fitCategoryLabels, type CategoryRoom } from './category-labels.ts';

/** Every UTF-16 unit is half a size wide. */
const measure = (text: string, font: string): number => (text.length * Number(/(\d+)px/.exec(font)?.[1])) / 2;

const room = (changes: Partial<CategoryRoom>): CategoryRoom => ({
  ...{ labels: [], band: 100, size: 10, every: 0, tallest: 80, ahead: 20, behind: 20, families: 'x', all: false },
  measure,
  ...changes,
});

/** Where the labels lie, in pixels from the first category, in their order. */
function spans(given: CategoryRoom): [from: number, to: number][] {
  const { texts, aligns, size } = fitCategoryLabels(given);
  return texts.flatMap((text, index): [number, number][] => {
    if (text === '') return [];
    const width = measure(text, `${size}px`);
    const from = index * given.band - width * { left: 0, center: 0.5, right: 1 }[aligns[index] ?? 'center'];
    return [[from, from + width]];
  });
}

test('labels of points that have room stand under them', () => {
  const found = fitCategoryLabels(room({ labels: ['Jan', 'Feb', 'Mar'] }));
  expect(found).toMatchObject({ every: 1, rotate: 0, aligns: ['center', 'center', 'center'] });
});

test.each([
  ['two', ['September 2000', 'September 2001'], 200],
  ['wide ones', Array.from({ length: 12 }, (_, at) => `September ${2000 + at} provisional`), 45],
  ['many', Array.from({ length: 500 }, (_, at) => `2023-${100 + at}`), 1.1],
  ['long and short', ['a', 'x'.repeat(60), 'b', 'y'.repeat(60)], 110],
])('labels of points stay in the picture and do not touch: %s', (_what, labels, band) => {
  const given = room({ labels, band });
  const found = spans(given);
  expect(found.length).toBeGreaterThan(1);
  found.forEach(([from, to], at) => {
    expect(from).toBeGreaterThanOrEqual(-given.ahead - 1);
    expect(to).toBeLessThanOrEqual((labels.length - 1) * band + given.behind + 1);
    expect(from).toBeGreaterThan((found[at - 1]?.[1] ?? -Infinity) + 2);
  });
});
