/** The service's words for what a job does, in the order of the ListSmartJobs reference. */
export const JOB_TYPES = ['ASR', 'DynamicChart', 'VideoTranslation', 'TextToSpeech'] as const;

export type JobType = (typeof JOB_TYPES)[number];
