import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeToneRecognizer } from '../onnx/tone-recognizer.ts';
import { recordings } from '../speech/recordings.ts';
import { startJobServer, type GotJob, type JobServer } from '../support/job-server.ts';
import { SMARTJOBS } from '../support/server-process.ts';

let folder: string;
let jobs: JobServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imported-model-'));
  jobs = await startJobServer('recordings', 1);
  await jobs.storage.put('speech.wav', recordings()[0]?.path ?? '');
});
afterAll(async () => {
  await jobs.server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function recognized(editingConfig: object): Promise<GotJob> {
  const { JobId } = await jobs.client.call('SubmitASRJob', {
    InputFile: 'oss://recordings/speech.wav',
    EditingConfig: JSON.stringify(editingConfig),
  });
  return await jobs.ended(String(JobId));
}

/** A model that writes a word of its own language for whatever it hears, packed as models are published. */
async function packedModel(): Promise<string> {
  const model = await writeToneRecognizer(
    join(folder, 'tones'),
    ['▁cant', 'aut', '▁plo', 'ra', '▁fl', 'oni'],
    ['la'],
  );
  const archive = join(folder, 'tones.tar.gz');
  const entries = pack();
  for (const path of Object.values(model.files)) {
    entries.entry({ name: `tones/${path.split('/').at(-1)}` }, await readFile(path));
  }
  entries.finalize();
  await pipeline(entries, createGzip(), createWriteStream(archive));
  return archive;
}

test('a model imported while the server runs takes the next job in its language, and the job says so', async () => {
  const refused = await recognized({ Language: 'la' });
  expect(refused).toMatchObject({ State: 'Failed', ErrorCode: 'UnsupportedLanguage' });
  expect(refused.ErrorMessage).toContain('smartjobs models pull');

  const words = ['models', 'import', await packedModel(), '--name', 'latin-tones', '--family', 'nemo-ctc'];
  const options = ['--languages', 'la', '--data-dir', jobs.server.dataDir];
  await promisify(execFile)(process.execPath, [SMARTJOBS, ...words, ...options]);

  const job = await recognized({ Language: 'la' });
  expect(job.State, job.ErrorMessage).toBe('Finished');
  expect(job.JobResult.Details).toMatchObject({ Engine: 'sherpa-onnx latin-tones', Language: 'la' });
  const [first] = JSON.parse(job.JobResult.AiResult) as { content: string; from: number; to: number }[];
  expect(first?.content).toMatch(/cant|aut|plo|ra|fl|oni/);
  const files = new Map(job.JobResult.ResultFiles.map(({ Type, Url }) => [Type, Url]));
  const subtitles = await (await fetch(files.get('Srt') ?? '')).text();
  expect(subtitles).toMatch(/^1\r?\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\r?\n/);
  const english = await recognized({ Language: 'en' });
  expect(english.JobResult.Details).toMatchObject({ Engine: 'PocketSphinx' });
}, 300_000);
