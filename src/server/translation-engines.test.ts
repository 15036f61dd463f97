import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { chooseTranslator } from '../engines/translation/choose-translator.ts';
import { describeTranslation } from './describe-translation.ts';
import { readSettings, type Settings } from './settings.ts';
import { translationEngines } from './translation-engines.ts';

function settings(env: Record<string, string>): Settings {
  const outcome = readSettings({ flags: {}, env, cwd: '/srv' });
  if (outcome.kind === 'problems') throw new Error(outcome.problems.join('\n'));
  return outcome.settings;
}

test('apertium translates out of the box', async () => {
  const engines = await translationEngines(settings({}));
  expect(engines.map(({ name }) => name)).toEqual(['apertium']);
  expect(await describeTranslation(engines, tmpdir())).toMatch(/^apertium \(\d+ pairs of languages\)$/);
});

test('a configured server goes before it, unless the operator prefers apertium', async () => {
  const env = { SMARTJOBS_TRANSLATION_URL: 'http://127.0.0.1:9/v1', SMARTJOBS_TRANSLATION_MODEL: 'qwen3' };
  const engines = await translationEngines(settings(env));
  const pair = { source: 'en', target: 'es' };
  expect(await chooseTranslator(engines, pair)).toMatchObject({ translator: { name: 'http', model: 'qwen3' } });
  const { translationEngine } = settings({ ...env, SMARTJOBS_TRANSLATION_ENGINE: 'apertium' });
  const preferred = await chooseTranslator(engines, pair, translationEngine);
  expect(preferred).toMatchObject({ translator: { name: 'apertium', model: 'eng-spa' } });
});

test('what does not work is said with its remedy', async () => {
  const [server] = await translationEngines(settings({ SMARTJOBS_TRANSLATION_URL: 'http://127.0.0.1:9' }));
  const text = await describeTranslation(server === undefined ? [] : [server], tmpdir());
  expect(text).toMatch(/^http: .* does not answer\. Start it, or correct SMARTJOBS_TRANSLATION_URL\.$/);
});

test.each([
  ['SMARTJOBS_TRANSLATION_URL', 'localhost:8080'],
  ['SMARTJOBS_TRANSLATION_ENGINE', 'best'],
])('%s cannot be %s', (name, value) => {
  const outcome = readSettings({ flags: {}, env: { [name]: value }, cwd: '/srv' });
  expect(outcome).toMatchObject({ kind: 'problems', problems: [expect.stringContaining(`'${value}'`)] });
});

test.each(['SMARTJOBS_TRANSLATION_URL', 'SMARTJOBS_ASR_URL', 'SMARTJOBS_TTS_URL'])(
  '%s holds nothing that would be left out of the calls, and no secret of it is told',
  (name) => {
    for (const value of [
      'https://me:sesame@llm.example',
      'http://llm.example/v1?sesame=1',
      'http://llm.example/#sesame',
    ]) {
      const outcome = readSettings({ flags: {}, env: { [name]: value }, cwd: '/srv' });
      expect(outcome).toMatchObject({
        kind: 'problems',
        problems: [expect.stringContaining('without a user, a password or a query')],
      });
      expect(JSON.stringify(outcome)).not.toContain('sesame');
    }
    expect(readSettings({ flags: {}, env: { [name]: 'https://llm.example/openai/v1/' }, cwd: '/srv' }).kind).toBe(
      'settings',
    );
  },
);
