import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../jobs/job-id.ts';
import type { JobResult } from '../jobs/smart-job.ts';
import { openTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeEach(() => {
  gateway = openTestGateway();
});
afterEach(() => gateway.close());

async function submit(): Promise<JobId> {
  const { body } = await gateway.call('SubmitASRJob', { InputFile: 'oss://media/a.wav' });
  return body['JobId'] as JobId;
}

async function finish(result: JobResult): Promise<JobId> {
  const id = await submit();
  const claimed = await gateway.jobs.claim('worker', 30_000);
  if (claimed === undefined) throw new Error('nothing to claim');
  await gateway.jobs.finish(claimed.lease, result);
  return id;
}

const TEXT = '[{"content":"one","from":0,"to":1}]';
const FULL: JobResult = {
  output: TEXT,
  aiResult: TEXT,
  mediaId: 'abc',
  mediaObject: 'oss://media/out.mp3',
  files: { Vtt: 'oss://results/a.vtt', Json: 'oss://results/a.json' },
  details: { Engine: 'PocketSphinx', AudioSeconds: 6.75 },
};

describe('the result of a job', () => {
  test('is Output and AiResult as documented, and nothing else where there is nothing else', async () => {
    const { body } = await gateway.call('GetSmartHandleJob', {
      JobId: await finish({ output: TEXT, aiResult: TEXT }),
    });
    expect(body['Output']).toBe(TEXT);
    expect(body['JobResult']).toEqual({ AiResult: TEXT });
  });

  test('has media, files and details where the job made some, with a link to each', async () => {
    const { body } = await gateway.call('GetSmartHandleJob', { JobId: await finish(FULL) });
    expect(body['JobResult']).toEqual({
      AiResult: TEXT,
      MediaId: 'abc',
      MediaUrl: 'signed oss://media/out.mp3',
      ResultFiles: [
        { Type: 'Json', Object: 'oss://results/a.json', Url: 'signed oss://results/a.json' },
        { Type: 'Vtt', Object: 'oss://results/a.vtt', Url: 'signed oss://results/a.vtt' },
      ],
      Details: { Engine: 'PocketSphinx', AudioSeconds: 6.75 },
    });
  });

  test('has links to the pictures beside a chart, the poster first', async () => {
    const files = { Gif: 'oss://charts/a.gif', Poster: 'oss://charts/a.png' };
    const { body } = await gateway.call('GetSmartHandleJob', {
      JobId: await finish({ output: '', aiResult: '', files }),
    });
    expect(body['JobResult']).toEqual({
      ResultFiles: [
        { Type: 'Poster', Object: 'oss://charts/a.png', Url: 'signed oss://charts/a.png' },
        { Type: 'Gif', Object: 'oss://charts/a.gif', Url: 'signed oss://charts/a.gif' },
      ],
    });
  });

  test('is an element for each file in XML', async () => {
    const { text } = await gateway.call('GetSmartHandleJob', { JobId: await finish(FULL), Format: 'XML' });
    expect(text).toContain(
      '<ResultFiles><ResultFile><Type>Json</Type><Object>oss://results/a.json</Object>' +
        '<Url>signed oss://results/a.json</Url></ResultFile><ResultFile><Type>Vtt</Type>',
    );
    expect(text).toContain('<Details><Engine>PocketSphinx</Engine><AudioSeconds>6.75</AudioSeconds></Details>');
  });

  test('is not shown by the list', async () => {
    await finish(FULL);
    const { text } = await gateway.call('ListSmartJobs');
    expect(text).not.toMatch(/results|PocketSphinx|mp3/);
  });
});

test('a deleted job takes its files along, also where a call before had deleted only the job', async () => {
  const [id, gone] = [await submit(), '0190000000007000a000000000000000'];
  await gateway.call('DeleteSmartJob', { JobId: `${id},${gone},nonsense` });
  expect(gateway.forgotten).toEqual([id, gone]);
});

describe('EditingConfig', () => {
  const refusal = async (config: object): Promise<unknown> => {
    const call = { InputFile: 'oss://media/a.wav', EditingConfig: JSON.stringify(config) };
    return (await gateway.call('SubmitASRJob', call)).body['Message'];
  };

  test('takes a question who speaks, among 1 to 20', async () => {
    expect(await refusal({ EnableSpeakerDiarization: true, SpeakerCount: 20 })).toBeUndefined();
    expect(await refusal({ EnableSpeakerDiarization: true })).toBeUndefined();
    expect(await refusal({ EnableSpeakerDiarization: 'yes' })).toContain('EditingConfig.EnableSpeakerDiarization');
    for (const SpeakerCount of [0, 21, 1.5, '2']) {
      expect(await refusal({ EnableSpeakerDiarization: true, SpeakerCount })).toContain('1-20');
    }
  });

  test('names a number of speakers that nobody asks for as what is wrong', async () => {
    expect(await refusal({ SpeakerCount: 2 })).toContain('EditingConfig.SpeakerCount');
    expect(await refusal({ SpeakerCount: 2, EnableSpeakerDiarization: false })).toContain(
      'unless EnableSpeakerDiarization is true',
    );
  });
});
