import type { JobDraft } from '../../src/jobs/smart-job.ts';

/** A job that asks for nothing in particular: what becomes of it is the affair of the pipeline. */
export const ASR_DRAFT: JobDraft = {
  type: 'ASR',
  title: 't',
  description: '',
  userData: '',
  editingConfig: '',
  inputFile: 'oss://bucket/a.wav',
  keyword: '',
  outputBucket: '',
  outputObject: '',
  parameters: {},
};
