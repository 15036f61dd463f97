import { expect, test } from 'vitest';
import { withOpeningMarks } from './opening-marks.ts';

test.each([
  ['Qué es aquello?', '¿Qué es aquello?'],
  ['Mira! Un pájaro. Lo ves?', '¡Mira! Un pájaro. ¿Lo ves?'],
  ['Qué?!', '¿Qué?!'],
  ['- Eres tú?', '- ¿Eres tú?'],
  ['"Vienes?" dijo.', '"¿Vienes?" dijo.'],
  ['El 3.5 es bueno?', '¿El 3.5 es bueno?'],
  ['¿Ya lo sabes?', '¿Ya lo sabes?'],
  ['y tú?', 'y tú?'],
  ['Nada.', 'Nada.'],
  ['?', '?'],
  ['', ''],
])('%j becomes %j', (translation, marked) => {
  expect(withOpeningMarks(translation, 'es-MX')).toBe(marked);
});

test('other languages have none', () => {
  expect(withOpeningMarks('Què és allò?', 'ca')).toBe('Què és allò?');
});

test('a long text without an end takes no time', () => {
  const text = 'Palabra '.repeat(20_000);
  expect(withOpeningMarks(text, 'es')).toBe(text);
});
