import { describe, expect, test } from 'vitest';
import type { AsrEngine } from '../engines/asr/asr-engine.ts';
import type { AccountId } from '../jobs/account.ts';
import type { HotwordLibrary, LibraryHotword } from '../jobs/hotword-library.ts';
import { hotwordsOf, hotwordsUnsupported, type JobHotwords } from './job-hotwords.ts';

const account = '1234567890123456' as AccountId;
const WORDS: readonly LibraryHotword[] = [
  { text: 'Dashwood', weight: 5, language: 'en' },
  { text: 'Zürich', weight: 1, language: 'de-CH' },
  { text: '达什伍德', weight: 2, language: 'zh' },
  { text: 'Norland', weight: 3 },
  { text: 'never', weight: -6, language: 'en' },
  { text: 'nothing', weight: 0 },
];

function words(editingConfig: object | '', language?: string): Promise<JobHotwords> {
  const job = { account, editingConfig: editingConfig === '' ? '' : JSON.stringify(editingConfig) };
  return hotwordsOf(job, language, {
    get: (of, id) =>
      Promise.resolve(of === account && id === 'kept' ? ({ hotwords: WORDS } as HotwordLibrary) : undefined),
  });
}

async function texts(language?: string): Promise<string[]> {
  const outcome = await words({ HotwordLibraryIdList: 'kept' }, language);
  return outcome.kind === 'hotwords' ? outcome.hotwords.map(({ text }) => text) : [];
}

describe('the hotwords of a job', () => {
  test('are none where it names no library', async () => {
    const none = { kind: 'hotwords', hotwords: [] };
    expect(await words('')).toEqual(none);
    expect(await words({ HotwordLibraryIdList: '' })).toEqual(none);
    expect(await words({ Language: 'en' })).toEqual(none);
  });

  test('are those of its library with their weights, without what would make a word less likely', async () => {
    expect(await words({ HotwordLibraryIdList: 'kept' }, 'en-GB')).toEqual({
      kind: 'hotwords',
      hotwords: [
        { text: 'Dashwood', weight: 5 },
        { text: 'Norland', weight: 3 },
      ],
    });
  });

  test('are those of its language, of all languages where it names none', async () => {
    expect(await texts()).toEqual(['Dashwood', 'Zürich', '达什伍德', 'Norland']);
    expect(await texts('de')).toEqual(['Zürich', 'Norland']);
    expect(await texts('zh-Hant-TW')).toEqual(['达什伍德', 'Norland']);
    expect(await texts('yue')).toEqual(['达什伍德', 'Norland']);
    expect(await texts('fr')).toEqual(['Norland']);
  });

  test('fail the job where the library was deleted, and name it', async () => {
    expect(await words({ HotwordLibraryIdList: 'gone' })).toMatchObject({
      kind: 'failed',
      failure: { code: 'HotwordLibraryNotFound', message: expect.stringContaining("'gone'") as string },
    });
  });
});

test('an engine without hotwords is told with those that take them, or with how to get one', () => {
  const engine = (name: string, takesHotwords: boolean): AsrEngine => ({ name, takesHotwords }) as AsrEngine;
  const sphinx = engine('PocketSphinx', false);
  const failure = hotwordsUnsupported(sphinx, [engine('speech server asr:80', true), sphinx]);
  expect(failure.code).toBe('HotwordsUnsupported');
  expect(failure.message).toMatch(/PocketSphinx.*takes no hotwords.*that take them: speech server asr:80\./);
  expect(hotwordsUnsupported(sphinx, [sphinx]).message).toContain('SMARTJOBS_ASR_URL');
});
