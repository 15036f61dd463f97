import { expect, test } from 'vitest';
import { hearSource } from './hear-source.ts';
import type { Probed } from './translation-work.ts';

function source(seconds: number, textSource: string, more: object = {}): Probed {
  return {
    settings: { level: 'subtitle', textSource, input: { type: 'Video' }, ...more },
    mediaPath: 'input',
    probed: { seconds, video: {} },
    run: { scratch: '' },
    parts: {},
  } as unknown as Probed;
}

const outcomeOf = async (work: Probed): Promise<object> => await hearSource.run(work, () => undefined);

test.each([
  ['speech', source(43_201, 'ASR')],
  ['text of the picture', source(43_201, 'OCR')],
  ['text to paint over', source(43_201, 'SubtitleFile', { detext: 'Auto' })],
])('more than 12 hours are not looked through for %s', async (_, work) => {
  expect(await outcomeOf(work)).toMatchObject({ kind: 'failed', failure: { code: 'InputFileTooLarge' } });
});

test('12 hours are, and of what has its text already any length', async () => {
  expect(await outcomeOf(source(43_200, 'OCR'))).toMatchObject({ kind: 'done', value: { seconds: 43_200 } });
  expect(await outcomeOf(source(90_000, 'SubtitleFile'))).toMatchObject({ kind: 'done' });
});
