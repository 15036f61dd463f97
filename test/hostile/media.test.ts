import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ObjectClient } from '../../src/client/object-client.ts';
import { recordings } from '../speech/recordings.ts';
import { json, rawCall } from '../support/raw-call.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { listenOnLoopback, type Listener } from './connections.ts';
import { mp4s } from './corpus/containers.ts';
import type { HostileFile } from './corpus/hostile-file.ts';
import { playlists } from './corpus/playlists.ts';
import { sounds } from './corpus/sounds.ts';

const [CANARY] = recordings();

let folder: string;
let server: TestServer;
let listener: Listener;
let files: readonly HostileFile[];
const results = new Map<string, Record<string, unknown>>();

/** A tone of two seconds, with the index at the end as ffmpeg writes it, and the same with a picture. */
function makeMp4(name: string, ...picture: string[]): Promise<Buffer> {
  const sound = [
    '-f',
    'lavfi',
    '-i',
    'sine=d=2',
    '-c:v',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-c:a',
    'aac',
    '-bitexact',
  ];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...sound, name], { cwd: folder });
  return readFile(join(folder, name));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-media-'));
  listener = await listenOnLoopback();
  server = await startTestServer({ SMARTJOBS_WORKERS: '2' });
  const recording = join(folder, 'canary.wav');
  await copyFile(CANARY?.path ?? '', recording);
  const video = ['-f', 'lavfi', '-i', 'color=black:s=16x16:r=5:d=2'];
  files = [
    ...playlists({ recording, address: `http://127.0.0.1:${listener.port}` }),
    ...mp4s(await makeMp4('tone.mp4'), await makeMp4('video.mov', ...video)),
    ...sounds(),
  ];
  await runAll();
}, 240_000);

afterAll(async () => {
  await server.stop();
  await listener.stop();
  await rm(folder, { recursive: true });
});

async function runAll(): Promise<void> {
  const key = { id: server.accessKeyId, secret: server.accessKeySecret };
  const client = new ObjectClient({ objects: server.objects, region: 'cn-shanghai', key });
  const jobs = new Map<string, string>();
  for (const file of files) {
    await writeFile(join(folder, 'upload'), file.content);
    expect(await client.put(join(folder, 'upload'), { bucket: 'hostile', key: file.key })).toMatchObject({
      kind: 'ok',
    });
    const submitted = json(await rawCall(server, 'SubmitASRJob', { InputFile: `oss://hostile/${file.key}` }));
    jobs.set(file.name, submitted['JobId'] as string);
  }
  for (const [name, JobId] of jobs) {
    await vi.waitUntil(() => isOver(name, JobId), { timeout: 200_000, interval: 100 });
  }
}

async function isOver(name: string, JobId: string): Promise<boolean> {
  const job = json(await rawCall(server, 'GetSmartHandleJob', { JobId }));
  results.set(name, job);
  return job['State'] === 'Finished' || job['State'] === 'Failed';
}

test('every file comes to its code, and no message names a path', () => {
  const codes = files.map(({ name }) => `${name}: ${String(results.get(name)?.['ErrorCode'])}`);
  expect(codes).toEqual(files.map(({ name, code }) => `${name}: ${code}`));
  // A playlist may name an object so: what is told then is the name that it has there.
  const written = join(folder, 'canary.wav');
  for (const [name, { ErrorMessage }] of results) {
    expect(String(ErrorMessage).replaceAll(written, ''), name).not.toMatch(/\/(tmp|etc|home|proc)\b/);
  }
});

test('nothing outside was read, and nobody was called', () => {
  const answers = JSON.stringify([...results.values()]);
  // Words of the recording that the playlists name.
  const words = CANARY?.words.filter((word) => word.length > 5) ?? [];
  expect(words.length).toBeGreaterThan(2);
  expect(words.filter((word) => answers.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
  expect(answers).not.toContain('root:');
  expect(listener.heard()).toBe(0);
});

test('the server is alive, and nothing is left in its scratch folder', async () => {
  expect((await fetch(`${server.endpoint}/healthz`)).status).toBe(200);
  // A job is settled before its scratch goes.
  await vi.waitFor(async () => expect(await readdir(join(server.dataDir, 'scratch'))).toEqual([]));
});
