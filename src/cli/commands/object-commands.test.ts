import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
  await writeFile(join(bench.folder, 'talk.wav'), 'RIFF');
});
afterAll(() => bench.stop());

describe('put and fetch', () => {
  test('bring a file there and back, relative to the working folder', async () => {
    expect(await bench.run(['put', 'talk.wav', 'oss://new-bucket/a/b.wav'])).toEqual({
      code: 0,
      out: 'oss://new-bucket/a/b.wav (4 bytes)\n',
      err: '',
    });
    const fetched = await bench.run(['fetch', 'oss://new-bucket/a/b.wav', 'copy.wav']);
    expect(fetched).toMatchObject({ code: 0, out: `${join(bench.folder, 'copy.wav')} (4 bytes)\n` });
    expect(await readFile(join(bench.folder, 'copy.wav'), 'utf8')).toBe('RIFF');
  });

  test('add the name of the file behind a bucket or a slash, and of the object in a folder', async () => {
    expect((await bench.run(['put', 'talk.wav', 'oss://names'])).out).toContain('oss://names/talk.wav');
    expect((await bench.run(['put', 'talk.wav', 'oss://names/in/'])).out).toContain('oss://names/in/talk.wav');
    await mkdir(join(bench.folder, 'target'));
    const { out } = await bench.run(['fetch', 'oss://names/in/talk.wav', 'target', '--json']);
    expect(JSON.parse(out)).toEqual({
      object: 'oss://names/in/talk.wav',
      file: join(bench.folder, 'target', 'talk.wav'),
      bytes: 4,
    });
  });

  test('tell usage from failure by the exit code', async () => {
    expect(await bench.run(['put', 'none.wav', 'oss://names/k'])).toMatchObject({ code: 2 });
    expect(await bench.run(['put', 'talk.wav', 'names/k'])).toMatchObject({ code: 2 });
    expect(await bench.run(['put', 'talk.wav', 'oss://Names/k'])).toMatchObject({ code: 2 });
    expect(await bench.run(['fetch', 'oss://names', 'x'])).toMatchObject({ code: 2 });
    const { code, err } = await bench.run(['fetch', 'oss://names/none', 'x']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('NoSuchKey') });
  });

  test('say which variable names the object store of a server elsewhere', async () => {
    const env = { SMARTJOBS_ENDPOINT: bench.endpoint };
    const { code, err } = await bench.run(['put', 'talk.wav', 'oss://names/k'], { env });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('SMARTJOBS_OBJECTS_ENDPOINT') });
  });
});
