import { describe, expect, test } from 'vitest';
import { pairsOf, readMode, routeFor, type ApertiumMode } from './apertium-modes.ts';

const modes = (...names: string[]): ApertiumMode[] => names.flatMap(readMode);
const names = (all: readonly ApertiumMode[], source: string, target: string): string[] | undefined =>
  routeFor(all, { source, target })?.modes.map(({ name }) => name);

describe('the name of a mode', () => {
  test.each([
    ['eng-spa', ['en es']],
    ['es-pt_BR', ['es pt-BR']],
    ['nno-nob', ['nn nb']],
    ['ind-zlm', ['id ms']],
    ['spa-cat_valencia', ['es ca-valencia']],
    ['oc_aran-es', ['oc-aranes es']],
    ['hbs-eng', ['hr en', 'bs en', 'sr en']],
    ['eng-hbs_HR', ['en hr']],
  ])('%s is of %j', (name, pairs) => {
    expect(readMode(name).map(({ source, target }) => `${source} ${target}`)).toEqual(pairs);
  });

  test.each(['Cyrl-Latn', 'eng-cat_iec2017', 'spa-tagger', 'eng', '-u', 'eng-spa;x', 'eng-spa/..', 'e-s'])(
    '%s is of no translation',
    (name) => {
      expect(readMode(name)).toEqual([]);
    },
  );
});

describe('the way from one language to another', () => {
  const all = modes('eng-spa', 'spa-eng', 'spa-eng_US', 'spa-cat', 'eng-hbs', 'eng-hbs_HR', 'fra-cat');

  test.each([
    ['en', 'es', ['eng-spa']],
    ['en-GB', 'es-MX', ['eng-spa']],
    ['es', 'en', ['spa-eng']],
    ['es', 'en-US', ['spa-eng_US']],
    ['es-419', 'en-GB', ['spa-eng']],
    ['eng', 'hr', ['eng-hbs_HR']],
    ['en', 'sr', ['eng-hbs']],
    ['en', 'ca', ['eng-spa', 'spa-cat']],
  ])('%s to %s is %j', (source, target, route) => {
    expect(names(all, source, target)).toEqual(route);
  });

  test.each([
    ['fr', 'es'],
    ['es', 'fr'],
    ['en', 'zh'],
    ['fr', 'hr'],
    ['xx-yy-zz', 'es'],
    ['en-US', 'en-GB'],
    ['es-ES', 'es-MX'],
  ])('there is none from %s to %s, and none of three steps', (source, target) => {
    expect(names(all, source, target)).toBeUndefined();
  });

  test('all pairs are those with a way, and none of a language with itself', () => {
    const pairs = pairsOf(modes('eng-spa', 'spa-eng', 'spa-cat')).map(
      ({ source, target }) => `${source} ${target}`,
    );
    expect(pairs).toEqual(['en es', 'es en', 'es ca', 'en ca']);
  });
});
