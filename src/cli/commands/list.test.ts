import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
const TITLES = ['first', 'second', 'évil\u001b]0;title\u0007', '中文标题', 'fifth'];

beforeAll(async () => {
  bench = await startBench();
  const draft = {
    type: 'ASR',
    description: '',
    userData: '',
    editingConfig: '',
    keyword: '',
    parameters: {},
  } as const;
  const noOutput = { outputBucket: '', outputObject: '' };
  for (const title of TITLES) {
    await bench.jobs.submit(bench.account, { ...draft, ...noOutput, title, inputFile: `oss://b/${title}.wav` });
  }
});
afterAll(() => bench.stop());

function titles(json: string): string[] {
  const { SmartJobList } = JSON.parse(json) as { SmartJobList: { Title: string }[] };
  return SmartJobList.map(({ Title }) => Title);
}

describe('list', () => {
  test('prints plain columns, newest first, and how many there are', async () => {
    const { code, out, err } = await bench.run(['list']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^JOB ID +TYPE  STATE    TITLE +CREATED +INPUT$/);
    expect(lines[1]).toMatch(
      /^[0-9a-f]{32}  ASR   Created  fifth +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  oss:\/\/b\/fifth\.wav$/,
    );
    expect(lines).toHaveLength(TITLES.length + 1);
    expect(err).toBe('Page 1: 5 of 5 jobs.\n');
  });

  test('lets no control character of a title through, neither to the table nor to JSON', async () => {
    for (const args of [['list'], ['list', '--json'], ['list', '--all', '--json']]) {
      const { out } = await bench.run(args, { isTTY: true, env: { NO_COLOR: '1' } });
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      expect([args, /[\u0000-\u0009\u000b-\u001f]/.test(out)]).toEqual([args, false]);
    }
  });

  test('names the command for the next page, filters and order kept', async () => {
    const { err } = await bench.run(['list', '--size', '2', '--sort', 'asc', '--state', 'created', '--page', '2']);
    expect(err).toBe(
      'Page 2: 2 of 5 jobs. Next page: smartjobs list --state Created --sort CreationTime:Asc --size 2 --page 3\n',
    );
  });

  test('filters by time, title and ids, which the command for the next page keeps', async () => {
    const all = JSON.parse((await bench.run(['list', '--json'])).out) as { SmartJobList: { JobId: string }[] };
    const ids = all.SmartJobList.slice(0, 2).map(({ JobId }) => JobId);
    expect(titles((await bench.run(['list', '--ids', ids.join(', '), '--json'])).out)).toEqual([
      'fifth',
      '中文标题',
    ]);
    expect(titles((await bench.run(['list', '--title-contains', 'FI', '--json'])).out)).toEqual(['fifth', 'first']);
    expect(titles((await bench.run(['list', '--created-to', '2026-01-02T03:04:05Z', '--json'])).out)).toEqual([]);
    const times = ['--created-from', '2026-01-02T03:04:05Z', '--ids', ids.join(', '), '--size', '1'];
    expect((await bench.run(['list', ...times])).err).toBe(
      `Page 1: 1 of 2 jobs. Next page: smartjobs list --created-from 2026-01-02T03:04:05Z --ids '${ids.join(', ')}' --size 1 --page 2\n`,
    );
  });

  test('by title has no pages by number, and says how to see all', async () => {
    const { err } = await bench.run(['list', '--title-contains', 'i', '--size', '2']);
    expect(err).toBe('2 jobs and more; --all shows every one.\n');
    const all = await bench.run(['list', '--title-contains', 'FI', '--all', '--size', '1', '--json']);
    expect(titles(all.out)).toEqual(['fifth', 'first']);
    const second = await bench.run(['list', '--title-contains', 'i', '--page', '2']);
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('go on with the NextToken') });
  });

  test('takes the order as the wire has it, and in short', async () => {
    const long = await bench.run(['list', '--sort', 'CreationTime:Asc', '--json']);
    const short = await bench.run(['list', '--sort', 'asc', '--json']);
    expect(titles(long.out)).toEqual(TITLES);
    expect(titles(short.out)).toEqual(TITLES);
  });

  test('with --all walks every page by token', async () => {
    const { code, out } = await bench.run(['list', '--all', '--size', '2', '--sort', 'asc', '--json']);
    expect(code).toBe(0);
    expect(titles(out)).toEqual(TITLES);
    const { err } = await bench.run(['list', '--all', '--size', '2']);
    expect(err).toBe('5 jobs.\n');
  });

  test('with --all prints a table that has one head', async () => {
    const { out } = await bench.run(['list', '--all', '--size', '2']);
    expect(out.match(/JOB ID/g)).toHaveLength(1);
  });

  test('an empty list is an empty table and still JSON', async () => {
    const none = ['list', '--state', 'Failed'];
    expect(await bench.run(none)).toEqual({ code: 0, out: '', err: 'Page 1: 0 of 0 jobs.\n' });
    expect(titles((await bench.run([...none, '--json'])).out)).toEqual([]);
    expect(titles((await bench.run([...none, '--all', '--json'])).out)).toEqual([]);
  });

  test('a walk that breaks still prints a JSON document, with the error in it', async () => {
    const env = { SMARTJOBS_ENDPOINT: 'http://127.0.0.1:9' };
    const { code, out } = await bench.run(['list', '--all', '--json'], { env });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ SmartJobList: [], error: { code: 'Unreachable' } });
  });

  test.each([
    [['--type', 'Nonsense'], /JobType.*ASR, DynamicChart/],
    [['--size', '101'], /PageSize.*1-100/],
    [['--page', '0'], /PageNo.*1-2147483647/],
    [['--sort', 'up'], /SortBy.*CreationTime:Asc/],
    [['--created-from', '2026-01-02'], /CreateTimeFrom.*yyyy-MM-ddTHH:mm:ssZ/],
  ])('refuses %j with the range of the table and exit code 2', async (args, message) => {
    expect(await bench.run(['list', ...args])).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
  });

  test('is coloured on a terminal, unless NO_COLOR says otherwise', async () => {
    const coloured = await bench.run(['list'], { isTTY: true });
    expect(coloured.out).toContain('\u001b[33mCreated\u001b[39m');
    const plain = await bench.run(['list'], { isTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain('\u001b');
  });
});
