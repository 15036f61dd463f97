import { expect, test } from 'vitest';
import { polish } from './polish.ts';

test.each([
  [' Tengo un coche', 'I have a car', 'es', 'Tengo un coche'],
  ['Pero el', 'but the', 'es', 'pero el'],
  ['Kowalski Vive en Madrid', 'Kowalski lives in Madrid', 'es', 'Kowalski vive en Madrid'],
  ['Hola Mundo', 'Hello world', 'es', 'Hola mundo'],
  ['El GATO ES NEGRO', 'THE CAT IS BLACK', 'es', 'EL GATO ES NEGRO'],
  ['Esto es  una prueba .', 'This is a test.', 'es', 'Esto es una prueba.'],
  ['Monday', 'lunes', 'en', 'Monday'],
  ['I am tall', 'yo soy alto', 'en', 'I am tall'],
  ['Spanish is nice', 'español es bonito', 'en', 'Spanish is nice'],
  ['NASA', 'NASA', 'es', 'NASA'],
  ['EL gato', 'THE CAT', 'pt_BR', 'EL GATO'],
  ['EL gato', 'THE CAT', 'no tag', 'EL GATO'],
  ['¿Qué hora es?', 'what time is it?', 'es', '¿qué hora es?'],
  ['Dijo: " vamos"', 'He said: "we go"', 'es', 'Dijo: "vamos"'],
  ['Qué es?', 'What is it?', 'es', '¿Qué es?'],
  ['uno . dos', 'one . two', 'es', 'uno . dos'],
  ['', 'x', 'es', ''],
])('%j of %j in %s is %j', (translation, line, target, polished) => {
  expect(polish(translation, line, target)).toBe(polished);
});
