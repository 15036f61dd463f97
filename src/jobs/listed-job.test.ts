import { describe, expect, test } from 'vitest';
import type { AccountId } from './account.ts';
import type { JobId } from './job-id.ts';
import { listedJob } from './listed-job.ts';
import { createJob, type JobDraft } from './smart-job.ts';

const ID = '019b7c5f1a6e7000a000000000000000' as JobId;

const bare: JobDraft = {
  type: 'TextToSpeech',
  title: '',
  description: '',
  userData: '',
  editingConfig: '',
  inputFile: '',
  keyword: '',
  outputBucket: '',
  outputObject: '',
  parameters: { Voice: 'not listed' },
};

function listed(changes: Partial<JobDraft>): ReturnType<typeof listedJob> {
  return listedJob(createJob('9007199254740991' as AccountId, ID, { ...bare, ...changes }));
}

describe('a listed job', () => {
  test('has every field of the reference in its order, empty where nothing was given', () => {
    expect(JSON.stringify(listed({}))).toBe(
      '{"JobId":"019b7c5f1a6e7000a000000000000000","Title":"default_title_2026-01-02T01:42:46Z","Description":"",' +
        '"UserId":9007199254740991,"JobType":"TextToSpeech","EditingConfig":"","UserData":"","JobState":"Created",' +
        '"CreateTime":"2026-01-02T01:42:46Z","ModifiedTime":"2026-01-02T01:42:46Z","InputConfig":{},"OutputConfig":{}}',
    );
  });

  test('shows both fields of a configuration of which one was given', () => {
    const { InputConfig, OutputConfig } = listed({ keyword: 'k', outputObject: 'o' });
    expect(InputConfig).toEqual({ InputFile: '', Keyword: 'k' });
    expect(OutputConfig).toEqual({ Bucket: '', Object: 'o' });
  });

  test('shows the title that was given', () => {
    expect(listed({ title: 'Mine' }).Title).toBe('Mine');
  });
});
