import type { ListedJob } from '../jobs/listed-job.ts';
import type { JobState } from '../jobs/job-state.ts';
import type { JobType } from '../jobs/job-type.ts';

/** The answers as they stand on the wire; texts that only some states have are optional. */
export type ListAnswer = {
  readonly RequestId: string;
  readonly SmartJobList: readonly ListedJob[];
  /** Empty on the last page. */
  readonly NextToken: string;
  readonly MaxResults: string;
  readonly TotalCount?: string;
};

export type JobAnswer = {
  readonly RequestId: string;
  readonly JobId: string;
  readonly State: JobState;
  readonly UserData: string;
  readonly Output?: string;
  readonly JobResult?: {
    readonly AiResult?: string;
    readonly MediaId?: string;
    readonly MediaUrl?: string;
    /** Ours, as Details. */
    readonly ResultFiles?: readonly { readonly Type: string; readonly Object: string; readonly Url: string }[];
    readonly Details?: Readonly<Record<string, string | number>>;
  };
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  /** Ours: absent from the cloud's own answer. Percent is 0 to 100. */
  readonly Progress?: { readonly Percent: number; readonly Step: string };
  readonly SmartJobInfo: {
    readonly Title: string;
    readonly Description: string;
    readonly UserId: string;
    readonly JobType: string;
    readonly CreateTime: string;
    readonly ModifiedTime: string;
    readonly InputConfig: { readonly InputFile?: string };
    readonly OutputConfig: { readonly Bucket?: string; readonly Object?: string };
  };
};

export type CountAnswer = {
  readonly RequestId: string;
  readonly Total: number;
  readonly Counts: readonly { readonly JobType: JobType; readonly JobState: JobState; readonly Count: number }[];
};

export type VoicesAnswer = {
  readonly RequestId: string;
  readonly VoiceGroups: readonly {
    readonly Type: string;
    readonly VoiceList: readonly {
      readonly Voice: string;
      readonly VoiceType: string;
      readonly Desc: string;
      /** The id of the voice of the server that really speaks. */
      readonly VoiceSource: string;
    }[];
  }[];
};

type StateAnswer = { readonly RequestId: string; readonly JobId: string; readonly State: JobState };

/** The answer of each action. */
export type Answers = {
  ListSmartJobs: ListAnswer;
  GetSmartHandleJob: JobAnswer;
  SubmitASRJob: StateAnswer;
  SubmitAudioProduceJob: StateAnswer & { readonly MediaId: string };
  SubmitVideoTranslationJob: {
    readonly RequestId: string;
    readonly Success: true;
    readonly Data: { readonly JobId: string };
  };
  SubmitDynamicChartJob: { readonly RequestId: string; readonly JobId: string };
  CancelSmartJob: StateAnswer;
  RetrySmartJob: StateAnswer;
  DeleteSmartJob: { readonly RequestId: string };
  CountSmartJobs: CountAnswer;
  ListSmartVoiceGroups: VoicesAnswer;
};
