import { expect, test } from 'vitest';
import type { InstalledModel } from '../models/model.ts';
import { recognizerFamily } from './recognizer-families.ts';
import { hotwordText, hotwordUnit } from './sherpa-hotwords.ts';

function unitOf(family: string, languages: readonly string[], bpeVocab: boolean): string | undefined {
  const roles = ['tokens', 'model', 'encoder', 'decoder', 'joiner', ...(bpeVocab ? ['bpeVocab'] : [])];
  const files = Object.fromEntries(roles.map((role) => [role, `/${role}`]));
  const model: InstalledModel = { name: 'm', task: 'asr', family, languages, folder: '/', files };
  const found = recognizerFamily(model);
  return 'reason' in found ? found.reason : hotwordUnit(model, found);
}

test('transducers listen for hotwords where the files say how words are cut', () => {
  expect(unitOf('transducer', ['en'], true)).toBe('bpe');
  expect(unitOf('nemo-transducer', ['en', 'de'], true)).toBe('bpe');
  expect(unitOf('transducer', ['zh', 'en'], true)).toBe('cjkchar+bpe');
  expect(unitOf('transducer', ['zh'], false)).toBe('cjkchar');
});

test('other kinds, and words of letters without a vocabulary, do not', () => {
  expect(unitOf('nemo-ctc', ['en'], true)).toBeUndefined();
  expect(unitOf('transducer', ['en'], false)).toBeUndefined();
  expect(unitOf('transducer', ['zh', 'en'], false)).toBeUndefined();
});

test('weights from 1 to 5 become scores around the default of the library', () => {
  const words = [1, 2, 5].map((weight) => ({ text: 'Ada Lovelace', weight }));
  expect(hotwordText(words, false)).toBe('Ada Lovelace :1.0/Ada Lovelace :1.5/Ada Lovelace :3.0');
});

test('models in capitals are told in capitals', () => {
  expect(hotwordText([{ text: 'Ada', weight: 2 }], true)).toBe('ADA :1.5');
});

test('signs that mean something to the library are left out, and words of nothing else too', () => {
  const words = ["O'Neill-Smith", 'AC/DC', 'a :b', '#1', '@home', ':', '/:#@', '-', '深度 学习'];
  const said = hotwordText(
    words.map((text) => ({ text, weight: 2 })),
    false,
  );
  expect(said).toBe("O'Neill-Smith :1.5/AC DC :1.5/a b :1.5/1 :1.5/home :1.5/深度 学习 :1.5");
});
