import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBench, type Bench, type Ran } from '../test-bench.ts';

let bench: Bench;
let run: (...args: string[]) => Promise<Ran>;

beforeAll(async () => {
  bench = await startBench();
  run = (...args) => bench.run(['hotwords', ...args]);
  const words = [{ Text: 'Dashwood', Weight: 4, Language: 'en' }];
  await writeFile(join(bench.folder, 'people.json'), JSON.stringify(words));
  await writeFile(join(bench.folder, 'twice.json'), JSON.stringify([...words, ...words]));
});
afterAll(() => bench.stop());

test('a library is created from a file, listed, shown, changed, named by a job and deleted', async () => {
  const created = await run('create', 'People', 'people.json', '--description', 'of the novel');
  const id = /^HotwordLibraryId +([0-9a-f]{32})\n$/.exec(created.out)?.[1] ?? '';
  expect(created).toMatchObject({ code: 0, err: expect.stringContaining('HotwordLibraryIdList') });
  expect((await run('list', '--name', 'PEO')).out).toMatch(
    new RegExp(`^HotwordLibraryId .*\n${id} +ASR +20.*People +of the novel\n$`),
  );
  const shown = await run('get', id);
  expect(shown.out).toContain('"Text":"Dashwood"');
  expect(shown.out).not.toContain('RequestId');
  expect((await run('update', id, '--hotwords', '[{"Text":"Elinor"}]')).out).toBe(
    `Changed the hotword library ${id}.\n`,
  );
  expect(JSON.parse((await run('get', id, '--json')).out)).toMatchObject({
    Name: 'People',
    Hotwords: [{ Text: 'Elinor', Weight: 2 }],
  });
  const config = JSON.stringify({ HotwordLibraryIdList: id });
  expect(await bench.run(['submit', 'asr', 'oss://media/a.wav', '--editing-config', config])).toMatchObject({
    code: 0,
  });
  expect((await run('delete', id)).out).toBe(`Deleted the hotword library ${id}.\n`);
  expect(await run('get', id)).toMatchObject({
    code: 1,
    err: expect.stringContaining(`no hotword library '${id}'`),
  });
});

test('a file with a mistake is refused before anything is sent, with the place in it', async () => {
  expect(await run('create', 'Twice', 'twice.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/Hotwords\.1.*only once/),
  });
  expect(await run('create', 'None', 'none.json')).toMatchObject({ code: 2 });
});

test('libraries for other scenarios can be kept, and long lists say how to go on', async () => {
  await run('create', 'One', 'people.json', '--usage-scenario', 'videotranslation');
  await run('create', 'Two', 'people.json');
  const first = await run('list', '--max-results', '1');
  const token = /--next-token (\S+),/.exec(first.err)?.[1] ?? '';
  expect(first.out).toContain('Two');
  expect((await run('list', '--max-results', '1', '--next-token', token)).out).toMatch(/VideoTranslation .*One/);
});
