import { expect, test } from 'vitest';
import { glossaryFor } from './job-glossary.ts';

const into = (language: string, text: string) => ({ language, text });
const HOTWORDS = [
  { text: 'cloud', weight: 2, language: 'en', translations: [into('es', 'nube'), into('fr', 'nuage')] },
  {
    text: 'box',
    weight: -6,
    translations: [into('pt', 'caixa'), into('pt-BR', 'caixinha'), into('pt', 'caixote')],
  },
  { text: '云', weight: 2, language: 'zh', translations: [into('es', 'nube de China')] },
  { text: 'Dashwood', weight: 5 },
];
const terms = (source: string, target: string, glossary: { source: string; target: string }[] = []): string[] =>
  glossaryFor({ source, target }, glossary, HOTWORDS).map((term) => `${term.source} = ${term.target}`);

test('a hotword is a term for the languages that it has a translation of, whatever its weight', () => {
  expect(terms('en-GB', 'es-MX')).toEqual(['cloud = nube']);
  expect(terms('en', 'fr')).toEqual(['cloud = nuage']);
  expect(terms('en', 'de')).toEqual([]);
  expect(terms('yue', 'es')).toEqual(['云 = nube de China']);
});

test('the translation whose language fits best counts, and of equal ones the first', () => {
  expect(terms('fr', 'pt-BR')).toEqual(['box = caixinha']);
  expect(terms('fr', 'pt-PT')).toEqual(['box = caixa']);
});

test('the Glossary of the job goes before its library, and each source stands once', () => {
  const glossary = [
    { source: 'cloud', target: 'nubarrón' },
    { source: 'cloud', target: 'nubecita' },
    { source: 'rain', target: 'lluvia' },
  ];
  expect(terms('en', 'es', glossary)).toEqual(['cloud = nubarrón', 'rain = lluvia']);
});
