import { wireTime } from '../base/wire-time.ts';
import type { SmartJob } from './smart-job.ts';

/**
 * One element of SmartJobList as ListSmartJobs answers it, field by field in the order of the reference page.
 * Every documented field is present: a string that was never set is `""`, a configuration object that has nothing
 * is `{}`. UserId is a number here and a string in GetSmartHandleJob; both are documented.
 */
export type ListedJob = {
  JobId: string;
  Title: string;
  Description: string;
  UserId: number;
  JobType: string;
  EditingConfig: string;
  UserData: string;
  JobState: string;
  CreateTime: string;
  ModifiedTime: string;
  InputConfig: { InputFile?: string; Keyword?: string };
  OutputConfig: { Bucket?: string; Object?: string };
};

export function listedJob(job: SmartJob): ListedJob {
  return {
    JobId: job.id,
    Title: job.title,
    Description: job.description,
    UserId: Number(job.account),
    JobType: job.type,
    EditingConfig: job.editingConfig,
    UserData: job.userData,
    JobState: job.state,
    CreateTime: wireTime(job.createdAt),
    ModifiedTime: wireTime(job.modifiedAt),
    InputConfig: unlessEmpty({ InputFile: job.inputFile, Keyword: job.keyword }),
    OutputConfig: unlessEmpty({ Bucket: job.outputBucket, Object: job.outputObject }),
  };
}

function unlessEmpty<T extends Record<string, string>>(config: T): T | Record<string, never> {
  return Object.values(config).every((value) => value === '') ? {} : config;
}
