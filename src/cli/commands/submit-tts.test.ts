import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ESPEAK_VOICES } from '../../engines/tts/voices/test-voices.ts';
import type { JobId } from '../../jobs/job-id.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ voices: async () => ESPEAK_VOICES });
});
afterEach(() => bench.stop());

async function submitted(...args: string[]): Promise<SmartJob> {
  const { code, out, err } = await bench.run(['submit', 'tts', ...args]);
  expect({ code, err: err.split(':')[0] }).toEqual({ code: 0, err: 'Watch it' });
  const job = await bench.jobs.get(bench.account, out.trim() as JobId);
  if (job === undefined) throw new Error('no job');
  return job;
}

describe('submit tts', () => {
  test('submits a text, with what the options say', async () => {
    const options = [
      '--voice',
      'abby',
      '--rate',
      '-100',
      '--pitch',
      '50',
      '--volume',
      '60',
      '--sample-rate',
      '8000',
    ];
    const job = await submitted('Hello.', 'oss://speech/a', ...options, '--format', 'wav', '--title', 'Greeting');
    expect(job).toMatchObject({
      ...{ type: 'TextToSpeech', title: 'Greeting', inputFile: 'Hello.' },
      ...{ outputBucket: 'speech', outputObject: 'a.wav' },
      parameters: { Overwrite: 'true' },
    });
    expect(JSON.parse(job.editingConfig)).toEqual({
      ...{ voice: 'abby', format: 'wav', speech_rate: '-100', pitch_rate: '50', volume: '60', sample_rate: '8000' },
    });
  });

  test('takes the format from the name of the object, and MP3 where that says none', async () => {
    expect(await submitted('Hello.', 'oss://speech/a.pcm')).toMatchObject({ outputObject: 'a.pcm' });
    expect(await submitted('Hello.', 'oss://speech/a')).toMatchObject({ outputObject: 'a.mp3' });
  });

  test('reads the text from a file, and leaves objects alone that are there', async () => {
    await writeFile(join(bench.folder, 'text.txt'), '<speak>你好</speak>\n');
    const job = await submitted('-f', 'text.txt', 'oss://speech/a', '--no-overwrite');
    expect(job).toMatchObject({ inputFile: '<speak>你好</speak>\n', parameters: { Overwrite: 'false' } });
  });

  test.each([
    [['Hello.'], 'Give a text and oss://bucket/key'],
    [['-f', 'text.txt', 'Hello.', 'oss://speech/a'], 'Give a text and oss://bucket/key'],
    [['Hello.', 'speech/a'], 'is no object address'],
    [['-f', 'missing.txt', 'oss://speech/a'], 'missing.txt cannot be read'],
    [['Hello.', 'oss://speech/a', '--volume', '101'], "'EditingConfig.volume' is invalid, input: 101"],
  ])('%j is a usage error that the server is not asked about', async (args, message) => {
    const { code, out, err } = await bench.run(['submit', 'tts', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('tells what the server refuses', async () => {
    const { code, err } = await bench.run(['submit', 'tts', 'Hello.', 'oss://speech/a', '--voice', 'abbi']);
    expect(code).toBe(1);
    expect(err).toContain('Did you mean abby');
  });
});
