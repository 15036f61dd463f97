import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wireTime } from '../base/wire-time.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
let secondBatch = '';
beforeAll(async () => {
  gateway = openTestGateway();
  const submit = () => gateway.call('SubmitASRJob', { InputFile: 'oss://bucket/a.wav' });
  await submit();
  const { body } = await submit();
  await gateway.call('CancelSmartJob', { JobId: body.JobId as string });
  gateway.clock.advance(5000);
  secondBatch = wireTime(gateway.clock.now());
  await submit();
});
afterAll(() => gateway.close());

async function count(parameters: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { status, text, body } = await gateway.call('CountSmartJobs', parameters);
  expect(status, text).toBe(200);
  return body;
}

describe('CountSmartJobs', () => {
  test('counts every type and state, zeros too, as numbers', async () => {
    const { Total, Counts, RequestId } = await count();
    expect(RequestId).toMatch(/^[0-9A-F-]{36}$/);
    expect(Total).toBe(3);
    expect(Counts).toHaveLength(16);
    expect((Counts as object[]).slice(0, 5)).toEqual([
      { JobType: 'ASR', JobState: 'Created', Count: 2 },
      { JobType: 'ASR', JobState: 'Executing', Count: 0 },
      { JobType: 'ASR', JobState: 'Finished', Count: 0 },
      { JobType: 'ASR', JobState: 'Failed', Count: 1 },
      { JobType: 'DynamicChart', JobState: 'Created', Count: 0 },
    ]);
  });

  test('counts the jobs of a type, a state and a range of times', async () => {
    expect(await count({ JobType: 'ASR', JobState: 'Failed' })).toMatchObject({
      Total: 1,
      Counts: [{ JobType: 'ASR', JobState: 'Failed', Count: 1 }],
    });
    expect(await count({ CreateTimeFrom: secondBatch })).toMatchObject({ Total: 1 });
    expect(await count({ CreateTimeTo: secondBatch, JobState: 'Created' })).toMatchObject({ Total: 1 });
    expect((await count({ JobState: 'Created' })).Counts).toHaveLength(4);
  });

  test('agrees with TotalCount', async () => {
    const filters: Record<string, string>[] = [{}, { JobState: 'Created' }, { CreateTimeFrom: secondBatch }];
    for (const filter of filters) {
      const { body } = await gateway.call('ListSmartJobs', { ...filter, PageNo: '1' });
      expect(String((await count(filter)).Total)).toBe(body.TotalCount);
    }
  });

  test('refuses what is no type, no state, no time', async () => {
    for (const [name, value] of [
      ['JobType', 'Other'],
      ['JobState', 'Other'],
      ['CreateTimeFrom', 'now'],
    ] as const) {
      const { status, body } = await gateway.call('CountSmartJobs', { [name]: value });
      expect([status, body.Code]).toEqual([400, 'InvalidParameter']);
    }
  });

  test('answers in XML', async () => {
    const { text } = await gateway.call('CountSmartJobs', { Format: 'XML', JobType: 'ASR', JobState: 'Created' });
    expect(text).toContain(
      '<Total>2</Total><Counts><JobCount><JobType>ASR</JobType><JobState>Created</JobState><Count>2</Count></JobCount></Counts></CountSmartJobsResponse>',
    );
  });
});
