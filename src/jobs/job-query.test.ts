import { expect, test } from 'vitest';
import { titleContains } from './job-query.ts';

test.each([
  ['Board Meeting', 'board', true],
  ['Board Meeting', 'D M', true],
  ['Élan', 'élAN', true],
  ['ПРИВЕТ', 'привет', true],
  ['智能任务', '能任', true],
  ['Elan', 'é', false],
  ['Straße', 'strasse', false],
  ['50% off', '5_%', false],
  ['a\nb', 'n', false],
  ['', 'a', false],
])('the title %j contains %j: %j', (title, part, contained) => {
  expect(titleContains(title, part)).toBe(contained);
});
