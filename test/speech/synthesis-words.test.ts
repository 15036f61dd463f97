import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPipeline, transcriptOf } from './run-pipeline.ts';
import { speakText, type SpeakOptions } from './speak-text.ts';
import { wordErrors, wordsOf } from './word-error-rate.ts';

const TEXT = [
  'The committee decided to build a new hospital in the north of the country.',
  'Scientists have discovered a new planet outside the solar system.',
  'He was very happy to see his family again after many years.',
  'The government will announce a new economic program next week.',
  'Many children in this school speak more than one language.',
  'The president said that the company would continue its work in the region.',
].join(' ');

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'synthesis-words-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

/** The share of the words of `spoken` that the recognizer does not hear. */
async function errorRate(text: string, spoken: string, options: Omit<SpeakOptions, 'scratch'>): Promise<number> {
  const { path } = await speakText(text, { scratch, ...options });
  const heard = transcriptOf(await runPipeline(path)).map(({ content }) => content);
  const words = wordsOf(spoken);
  return wordErrors(words, wordsOf(heard.join(' '))) / words.length;
}

/** Half a minute of speech takes ten seconds to recognize, on a busy machine three times that. */
const LIMIT = { timeout: 120_000 };

describe('English that was spoken is recognized again, under 10 % word errors', LIMIT, () => {
  test.each<Omit<SpeakOptions, 'scratch'>>([
    { voice: 'flite:slt' },
    { voice: 'flite:rms' },
    { voice: 'flite:awb', format: 'MP3', sampleRate: 24_000, volume: 80 },
  ])('%o', async (options) => {
    expect(await errorRate(TEXT, TEXT, options)).toBeLessThan(0.1);
  });

  test('what <say-as> makes of numbers, dates and money', async () => {
    const ssml =
      '<speak><s>The meeting is on <say-as interpret-as="date">2024-05-01</say-as> in the afternoon.</s>' +
      '<s>The price is <say-as interpret-as="currency">$25.50</say-as> for each person.</s>' +
      '<s>Please call the number <say-as interpret-as="telephone">555-3179</say-as> for more information.</s>' +
      '<s>There are <say-as interpret-as="cardinal">1,340</say-as> people in the village.</s>' +
      '<s>We work for the <sub alias="world health organization">WHO</sub> in this country.</s></speak>';
    const spoken =
      'the meeting is on may first twenty twenty four in the afternoon ' +
      'the price is twenty five dollars and fifty cents for each person ' +
      'please call the number five five five three one seven nine for more information ' +
      'there are one thousand three hundred forty people in the village ' +
      'we work for the world health organization in this country';
    expect(await errorRate(ssml, spoken, { voice: 'flite:slt' })).toBeLessThan(0.1);
  });
});
