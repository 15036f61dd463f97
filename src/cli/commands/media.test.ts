import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBench, type Bench, type Ran } from '../test-bench.ts';

const UNKNOWN = '0190aaaabbbbccccddddeeeeffff0001';

let bench: Bench;
let run: (...args: string[]) => Promise<Ran>;

beforeAll(async () => {
  bench = await startBench();
  run = (...args) => bench.run(['media', ...args]);
  await writeFile(join(bench.folder, 'talk.mp3'), 'sound');
  await bench.run(['put', 'talk.mp3', 'oss://media/talk.mp3']);
});
afterAll(() => bench.stop());

test('a file is registered, listed, shown, taken by a job, overwritten and deleted', async () => {
  const registered = await run('register', 'oss://media/talk.mp3', '--title', 'The talk');
  const id = /^MediaId +([0-9a-f]{32})\n$/.exec(registered.out)?.[1] ?? '';
  expect(registered.code).toBe(0);
  expect((await run('list', '--media-type', 'AUDIO')).out).toMatch(
    new RegExp(
      `^MediaId +MediaType +Status +CreateTime +Title +InputURL\n${id} +audio +Normal +20\\S+ +The talk +oss://media/talk.mp3\n$`,
    ),
  );
  expect((await run('get', id)).out).toMatch(/^Status +Normal$/m);
  const file = { FileName: 'talk.mp3', FileSize: '5' };
  expect(JSON.parse((await run('get', id, '--json')).out)).toMatchObject({
    MediaInfo: { MediaId: id, FileInfoList: [{ FileBasicInfo: file }] },
  });
  expect(await bench.run(['submit', 'asr', id])).toMatchObject({ code: 0 });
  expect(await run('register', 'oss://media/talk.mp3')).toMatchObject({
    code: 1,
    err: expect.stringContaining(`mediaId: ${id}`),
  });
  const again = await run('register', 'oss://media/talk.mp3', '--overwrite');
  const newId = /[0-9a-f]{32}/.exec(again.out)?.[0] ?? '';
  const { code, out } = await run('delete', `${id},${newId}`);
  expect([code, out]).toEqual([0, `IgnoredList    ["${id}"]\nForbiddenList  []\n`]);
});

test('an id that is not there is said so', async () => {
  expect(await run('get', UNKNOWN)).toMatchObject({
    code: 1,
    err: expect.stringContaining(`no media '${UNKNOWN}'`),
  });
  expect(await bench.run(['submit', 'asr', UNKNOWN])).toMatchObject({
    code: 1,
    err: expect.stringContaining(`no media '${UNKNOWN}'`),
  });
});

test('a long list says how to go on', async () => {
  for (const name of ['a.mp4', 'b.mp4']) await run('register', `oss://media/${name}`);
  const first = await run('list', '--max-results', '1');
  const token = /--next-token (\S+),/.exec(first.err)?.[1] ?? '';
  expect(first.out).toContain('b.mp4');
  expect((await run('list', '--max-results', '1', '--next-token', token)).out).toContain('a.mp4');
});
