import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import { parseJobId, type JobId } from '../../jobs/job-id.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const UNKNOWN = '0'.repeat(32);

const MADE = {
  files: { Json: 'oss://results/a.json', Srt: 'oss://results/a.srt' },
  details: { Engine: 'PocketSphinx', Language: 'en', AudioSeconds: 3.5 },
};

async function submit(...options: string[]): Promise<JobId> {
  const { out } = await bench.run(['submit', 'asr', 'oss://samples/hello.wav', ...options]);
  const id = parseJobId(out.trim());
  if (id === undefined) throw new Error(`submit printed no job id: ${out}`);
  return id;
}

/** Plays the worker: claims until it has this job, then says its progress and settles it. */
async function work(id: JobId, settle: 'finish' | 'fail'): Promise<void> {
  for (;;) {
    const claimed = await bench.jobs.claim('test', 30_000);
    if (claimed === undefined) throw new Error('no job to claim');
    const { lease } = claimed;
    await bench.jobs.saveProgress(lease, { percent: 40, step: 'recognize' });
    const transcript = JSON.stringify([{ content: 'hello \u001b[31mworld', from: 1.25, to: 3.4 }]);
    if (settle === 'finish') await bench.jobs.finish(lease, { output: transcript, aiResult: transcript, ...MADE });
    else await bench.jobs.fail(lease, { code: 'NoValidVocal', message: 'No speech was found.' });
    if (lease.jobId === id) return;
  }
}

describe('submit asr', () => {
  test('prints the job id alone on stdout, and how to watch it on stderr', async () => {
    const { code, out, err } = await bench.run(['submit', 'asr', 'oss://samples/hello.wav', '--title', 'A title']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^[0-9a-f]{32}\n$/) });
    expect(err).toBe(`Watch it: smartjobs watch ${out.trim()}\n`);
  });

  test('sends every option as the parameter of the table', async () => {
    const config = '{"SentenceMaxLength":10}';
    const flags = { title: 'T', description: 'D', 'user-data': 'U', keyword: 'K', 'editing-config': config };
    const given = Object.entries({ ...flags, 'start-time': '00:00:01', duration: '00:00:02' });
    const id = await submit(...given.flatMap(([name, value]) => [`--${name}`, value]));
    expect(await bench.jobs.get(bench.account, id)).toMatchObject({
      title: 'T',
      description: 'D',
      userData: 'U',
      keyword: 'K',
      editingConfig: config,
      inputFile: 'oss://samples/hello.wav',
      parameters: { StartTime: '00:00:01', Duration: '00:00:02' },
    });
  });

  test('refuses a value outside its range before anything is sent, with exit code 2', async () => {
    const nowhere = { SMARTJOBS_DATA_DIR: '/nonexistent' };
    const { code, err } = await bench.run(['submit', 'asr', 'oss://b/k', '--duration', '90s'], { env: nowhere });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/InvalidParameter.*Duration.*90s.*HH:MM:SS/),
    });
  });

  test('says how to put a file of this machine first', async () => {
    await writeFile(join(bench.folder, 'my talk.wav'), 'x');
    const { code, err } = await bench.run(['submit', 'asr', 'my talk.wav']);
    expect(code).toBe(2);
    expect(err).toContain("smartjobs put 'my talk.wav' 'oss://uploads/my talk.wav'");
  });

  test('with --watch shows the progress and prints the transcript with its control characters escaped', async () => {
    const onSleep = async (): Promise<void> => {
      const newest = await bench.jobs.list(bench.account, {
        filter: {},
        order: 'Desc',
        start: { pageNumber: 1 },
        size: 1,
      });
      await work((JSON.parse(newest.jobs[0] ?? '') as { JobId: JobId }).JobId, 'finish');
    };
    const { code, out, err } = await bench.run(['submit', 'asr', 'oss://samples/hello.wav', '--watch'], {
      onSleep,
    });
    expect(code).toBe(0);
    expect(err).toMatch(/^Job [0-9a-f]{32}\nCreated 0 %\n$/);
    expect(out).toContain('State        Finished\n');
    expect(out).toContain(String.raw`[0:01.2 → 0:03.4] hello \u001b[31mworld`);
    expect(out).not.toContain('oss://results');
  });
});

describe('watch', () => {
  test('prints one line for each change, ends with exit code 1 and the reason when the job failed', async () => {
    const id = await submit();
    const { code, out, err } = await bench.run(['watch', id], { onSleep: () => work(id, 'fail') });
    expect({ code, err }).toEqual({ code: 1, err: 'Created 0 %\n' });
    expect(out).toContain('Error        NoValidVocal: No speech was found.\n');
  });

  test('with --json prints one document, the answer of GetSmartHandleJob', async () => {
    const id = await submit();
    await work(id, 'finish');
    const { code, out } = await bench.run(['watch', id, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ JobId: id, State: 'Finished', Progress: { Percent: 100 } });
  });

  test('bears a server that is away for a while, and gives up after 30 seconds', async () => {
    const clock = new ManualClock(Date.now());
    const env = { SMARTJOBS_ENDPOINT: 'http://127.0.0.1:9' };
    let looks = 0;
    const onSleep = (): void => {
      looks += 1;
      clock.advance(5_000);
    };
    const { code, err } = await bench.run(['watch', UNKNOWN], { env, clock, onSleep });
    expect({ code, looks }).toEqual({ code: 1, looks: 6 });
    expect(err).toMatch(/^The server does not answer, trying again\.\nerror Unreachable: No answer/);
  });

  test('ends at once where the job is not there', async () => {
    const { code, err } = await bench.run(['watch', UNKNOWN]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/JobNotFound[^]*\nRequestId: [0-9A-F-]{36}\n/),
    });
  });
});

describe('get, cancel, retry, delete', () => {
  test('get shows a running job with its progress', async () => {
    const id = await submit('--title', 'line\nbreak');
    const { code, out } = await bench.run(['get', id]);
    expect(code).toBe(0);
    expect(out).toContain(`Job          ${id}\nTitle        line\\nbreak\n`);
    expect(out).not.toContain('Error');
  });

  test('get shows of a finished job what recognized it, and where its files are', async () => {
    const id = await submit();
    await work(id, 'finish');
    for (const command of ['get', 'watch']) {
      const { out } = await bench.run([command, id]);
      expect(out).toContain('Engine       PocketSphinx\nLanguage     en\n');
      expect(out).toContain('Json file    oss://results/a.json\nSrt file     oss://results/a.srt\n');
    }
  });

  test('cancel makes it Failed, retry runs it again, and each says so', async () => {
    const id = await submit();
    expect(await bench.run(['cancel', id])).toEqual({ code: 0, out: 'Canceled.\n', err: '' });
    expect(await bench.run(['cancel', id])).toMatchObject({ code: 1, err: expect.stringContaining('JobState') });
    expect((await bench.run(['retry', id, '--json'])).out).toContain('"State": "Created"');
    const { code } = await bench.run(['retry', id]);
    expect(code).toBe(1);
  });

  test('retry --from-step is for translations, and names the steps', async () => {
    const id = await submit();
    await bench.run(['cancel', id]);
    const { code, err } = await bench.run(['retry', id, '--from-step', 'Translate']);
    expect(code).toBe(1);
    expect(err).toContain("'FromStep' is invalid");
    const wrong = await bench.run(['retry', id, '--from-step', 'Dance']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Recognize');
  });

  test('retry --watch goes on to the end', async () => {
    const id = await submit();
    await bench.run(['cancel', id]);
    const { code, out } = await bench.run(['retry', id, '--watch'], { onSleep: () => work(id, 'finish') });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('hello') });
  });

  test('delete takes several ids, with spaces or commas between them', async () => {
    const [a, b, c] = [await submit(), await submit(), await submit()];
    expect(await bench.run(['delete', `${a},${b}`, c])).toEqual({
      code: 0,
      out: 'The 3 jobs are gone.\n',
      err: '',
    });
    expect(await bench.jobs.get(bench.account, c)).toBeUndefined();
  });

  test('delete catches a mistyped id, which the server would pass over', async () => {
    const id = await submit();
    const { code, err } = await bench.run(['delete', id, id.slice(1)]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`'${id.slice(1)}' is no job id`) });
    expect(await bench.jobs.get(bench.account, id)).toBeDefined();
  });

  test('an error with --json is a document on stdout', async () => {
    const { code, out, err } = await bench.run(['get', UNKNOWN, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'InvalidParameter.JobNotFound',
        message: expect.stringMatching(/./),
        requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      },
    });
  });
});
