import { describe, expect, test } from 'vitest';
import { pairsOf, readMode, routeFor } from './apertium/apertium-modes.ts';
import { chooseTranslator, describePairs, type TranslatorChoice } from './choose-translator.ts';
import type { TranslationEngine } from './translation-engine.ts';

const nothing = { translate: () => Promise.reject(new Error('not asked')) };
const ready = { availability: () => Promise.resolve({ kind: 'ready', version: '1', detail: '' } as const) };

const server: TranslationEngine = {
  ...nothing,
  ...ready,
  name: 'http',
  pairs: () => Promise.resolve('any'),
  modelFor: () => Promise.resolve('small'),
  through: () => Promise.resolve(undefined),
};

/** As apertium, with such modes. */
function rules(...modes: string[]): TranslationEngine {
  const known = modes.flatMap(readMode);
  return {
    ...nothing,
    ...ready,
    name: 'apertium',
    pairs: () => Promise.resolve(pairsOf(known)),
    modelFor: (pair) =>
      Promise.resolve(
        routeFor(known, pair)
          ?.modes.map(({ name }) => name)
          .join(', '),
      ),
    through: (pair) => {
      const [first, second] = routeFor(known, pair)?.modes ?? [];
      return Promise.resolve(second && first?.target);
    },
  };
}

function chosen(choice: TranslatorChoice): string {
  return choice.kind === 'none'
    ? choice.message
    : `${choice.translator.name} ${choice.translator.model ?? ''}`.trim();
}

const EN_ES = { source: 'en', target: 'es' };
const EN_CA = { source: 'en', target: 'ca' };

describe('the engine for a pair', () => {
  const apertium = rules('eng-spa', 'spa-eng', 'spa-cat');

  test('is the first of the list that knows it', async () => {
    expect(chosen(await chooseTranslator([server, apertium], EN_ES))).toBe('http small');
    expect(chosen(await chooseTranslator([apertium], EN_ES))).toBe('apertium eng-spa');
    expect(chosen(await chooseTranslator([apertium, server], { source: 'en', target: 'zh' }))).toBe('http small');
  });

  test('is the one that the operator set, where it knows the pair', async () => {
    const choice = await chooseTranslator([server, apertium], EN_ES, 'apertium');
    expect([chosen(choice), choice]).toEqual([
      'apertium eng-spa',
      expect.objectContaining({ reason: 'The operator set apertium.' }),
    ]);
    const other = await chooseTranslator([server, apertium], { source: 'en', target: 'zh' }, 'apertium');
    expect(chosen(other)).toBe('http small');
  });

  test('translates directly before one that goes through a third language', async () => {
    expect(chosen(await chooseTranslator([apertium, server], EN_CA))).toBe('http small');
    const alone = await chooseTranslator([apertium], EN_CA);
    expect(chosen(alone)).toBe('apertium eng-spa, spa-cat');
    expect(alone).toMatchObject({ reason: expect.stringContaining('by way of Spanish') as string });
  });
});

test.each([
  ['en', 'en-GB'],
  ['eng', 'en'],
  ['zh', 'zh-Hans'],
])('nothing is translated from %s to %s', async (source, target) => {
  const choice = await chooseTranslator([server], { source, target });
  expect(chosen(choice)).toBe('identity');
  const lines = ['a', 'b'];
  const request = { source, target, lines, glossary: [], scratch: '/', signal: new AbortController().signal };
  const outcome = choice.kind === 'chosen' ? await choice.translator.translate(request) : undefined;
  expect(outcome).toEqual({ kind: 'translated', lines: lines.map((text) => ({ kind: 'translated', text })) });
});

describe('no engine', () => {
  test('is said with the pairs that there are, and how to add one', async () => {
    const choice = await chooseTranslator([rules('eng-spa', 'spa-eng', 'eng-cat')], { source: 'en', target: 'fr' });
    expect(choice.kind).toBe('none');
    expect(chosen(choice)).toMatch(
      /translates 'en' to 'fr'; it translates en to ca, es; es to ca, en\..*apertium-eng-fra or apertium-fra-eng.*SMARTJOBS_TRANSLATION_URL/,
    );
  });

  test('is said where there is none at all, and for a tag that is none', async () => {
    expect(chosen(await chooseTranslator([], EN_ES))).toContain('it translates nothing.');
    expect(chosen(await chooseTranslator([server], { source: 'en', target: 'not a tag' }))).toContain(
      "'not a tag'",
    );
  });

  test('of a region stands for another: no pair is no pair', async () => {
    const choice = await chooseTranslator([rules('eng-spa')], { source: 'pt-BR', target: 'pt-PT' });
    expect(choice.kind).toBe('none');
  });
});

test('a server that knows any pair is said to', async () => {
  expect(await describePairs([server, rules('eng-spa')])).toBe('any language that the server knows');
});
