import OSS from 'ali-oss';
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
import { openApiCoreClient, type OfficialClient } from '../support/official-clients.ts';
import { SMARTJOBS } from '../support/server-process.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

type Got = {
  State: string;
  ErrorMessage?: string;
  JobResult: { AiResult: string; Details: Record<string, unknown>; ResultFiles: { Type: string; Url: string }[] };
};

let folder: string;
let server: TestServer;
let client: OfficialClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imported-model-'));
  server = await startTestServer({ SMARTJOBS_WORKERS: '1' });
  client = openApiCoreClient(server, 'V3');
  const storage = new OSS({
    ...{ accessKeyId: server.accessKeyId, accessKeySecret: server.accessKeySecret, endpoint: server.objects },
    ...{ sldEnable: true, bucket: 'recordings' },
  });
  await storage.putBucket('recordings');
  await storage.put('speech.wav', recordings()[0]?.path ?? '');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function recognized(editingConfig: object): Promise<Got> {
  const { JobId } = (await client.call('SubmitASRJob', {
    InputFile: 'oss://recordings/speech.wav',
    EditingConfig: JSON.stringify(editingConfig),
  })) as unknown as { JobId: string };
  for (;;) {
    const job = (await client.call('GetSmartHandleJob', { JobId })) as unknown as Got;
    if (job.State === 'Finished' || job.State === 'Failed') return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
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
  const options = ['--languages', 'la', '--data-dir', server.dataDir];
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
}, 120_000);
