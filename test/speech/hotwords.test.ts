import { expect, test } from 'vitest';
import { assetPath } from '../../src/engines/asset-path.ts';
import { openAiHttp } from '../../src/engines/asr/openai-http.ts';
import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import { speechServer } from '../../src/engines/asr/test-speech-server.ts';
import type { HotwordLibrary } from '../../src/jobs/hotword-library.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import { runPipeline, transcriptOf, type RunOptions } from './run-pipeline.ts';

const SENTENCE = assetPath('speech/sense_and_sensibility_01_austen_64kb-0880.wav');
const library = {
  hotwords: [
    { text: 'Dashwood', weight: 5, language: 'en' },
    { text: '达什伍德', weight: 5, language: 'zh' },
    { text: 'Norland', weight: 1 },
  ],
} as unknown as HotwordLibrary;
const hotwords = { get: async (_account: unknown, id: string) => (id === 'kept' ? library : undefined) };

function run(id: string, parts: RunOptions['parts']): Promise<PipelineOutcome> {
  const editingConfig = JSON.stringify({ HotwordLibraryIdList: id, Language: 'en' });
  return runPipeline(SENTENCE, { editingConfig, parts: { ...parts, hotwords } });
}

test('the words of a job’s library reach the speech server, by an engine behind one that takes none', async () => {
  const { baseUrl, seen } = await speechServer(() => ({
    json: { text: 'Mr. John Dashwood', language: 'english' },
  }));
  const engines = [pocketSphinx(), openAiHttp({ baseUrl, model: 'small' })];
  expect(transcriptOf(await run('kept', { engines }))).toMatchObject([{ content: 'Mr. John Dashwood' }]);
  expect(seen.map(({ form }) => form.get('prompt'))).toEqual(['Norland, Dashwood.']);
});

test('where no engine takes them, the job fails and says what would', async () => {
  expect(await run('kept', {})).toMatchObject({
    kind: 'failed',
    failure: { code: 'HotwordsUnsupported', message: expect.stringContaining('SMARTJOBS_ASR_URL') as string },
  });
});

test('a library that was deleted after the submit fails the job', async () => {
  expect(await run('gone', {})).toMatchObject({ kind: 'failed', failure: { code: 'HotwordLibraryNotFound' } });
});
