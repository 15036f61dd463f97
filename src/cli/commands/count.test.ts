import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wireTime } from '../../base/wire-time.ts';
import { startBench, type Bench } from '../test-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
  const texts = { title: '', description: '', userData: '', editingConfig: '', inputFile: 'oss://b/a.wav' };
  const draft = { ...texts, keyword: '', outputBucket: '', outputObject: '', parameters: {} };
  for (const type of ['ASR', 'ASR', 'TextToSpeech'] as const)
    await bench.jobs.submit(bench.account, { ...draft, type });
  await bench.jobs.claim('worker-1', 60_000);
});
afterAll(() => bench.stop());

describe('count', () => {
  test('prints how many jobs there are of each type and state, and the sum', async () => {
    expect(await bench.run(['count'])).toEqual({
      code: 0,
      out: [
        'ASR               Created    1',
        'ASR               Executing  1',
        'TextToSpeech      Created    1',
        'total                        3',
        '',
      ].join('\n'),
      err: '',
    });
  });

  test('takes type, state and times, and prints the answer as JSON', async () => {
    const args = ['count', '--type', 'asr', '--state', 'created', '--from', '2026-01-02T03:04:05Z', '--json'];
    const { code, out } = await bench.run(args);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      Total: 1,
      Counts: [{ JobType: 'ASR', JobState: 'Created', Count: 1 }],
    });
    const before = await bench.run(['count', '--to', '2026-01-02T03:04:05Z']);
    expect(before.out).toBe('total                        0\n');
  });

  test('refuses a time of another form, and one that ends before it begins', async () => {
    const form = await bench.run(['count', '--from', '2026-01-02']);
    expect(form).toMatchObject({ code: 2, err: expect.stringContaining("'CreateTimeFrom' is invalid") });
    const now = wireTime(Date.now());
    const order = await bench.run(['count', '--from', now, '--to', now]);
    expect(order).toMatchObject({ code: 1, err: expect.stringContaining(`later than CreateTimeFrom, ${now}`) });
  });
});
