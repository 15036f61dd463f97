import type { AnyOperation } from '../gateway/operation.ts';
import { cancelSmartJob } from './cancel-smart-job.ts';
import { countSmartJobs } from './count-smart-jobs.ts';
import { createHotwordLibrary } from './create-hotword-library.ts';
import { deleteHotwordLibrary } from './delete-hotword-library.ts';
import { deleteSmartJob } from './delete-smart-job.ts';
import { getHotwordLibrary } from './get-hotword-library.ts';
import { getSmartHandleJob } from './get-smart-handle-job.ts';
import { listHotwordLibraries } from './list-hotword-libraries.ts';
import { listSmartJobs } from './list-smart-jobs.ts';
import { listSmartVoiceGroups } from './list-smart-voice-groups.ts';
import { deleteMediaInfos } from './media/delete-media-infos.ts';
import { getMediaInfo } from './media/get-media-info.ts';
import { listMediaBasicInfos } from './media/list-media-basic-infos.ts';
import { registerMediaInfo } from './media/register-media-info.ts';
import { RAM_OPERATIONS } from './ram/ram-operations.ts';
import { retrySmartJob } from './retry-smart-job.ts';
import type { OperationServices } from './services.ts';
import { assumeRole } from './sts/assume-role.ts';
import { getCallerIdentity } from './sts/get-caller-identity.ts';
import { submitAsrJob } from './submit-asr-job.ts';
import { submitAudioProduceJob } from './submit-audio-produce-job.ts';
import { submitDynamicChartJob } from './submit-dynamic-chart-job.ts';
import { submitVideoTranslationJob } from './submit-video-translation-job.ts';
import { updateHotwordLibrary } from './update-hotword-library.ts';

/** Everything this server serves, in the order of the reference docs. */
export const ALL_OPERATIONS: readonly AnyOperation<OperationServices>[] = [
  listSmartJobs,
  getSmartHandleJob,
  submitAsrJob,
  submitAudioProduceJob,
  submitDynamicChartJob,
  submitVideoTranslationJob,
  deleteSmartJob,
  cancelSmartJob,
  retrySmartJob,
  countSmartJobs,
  createHotwordLibrary,
  getHotwordLibrary,
  updateHotwordLibrary,
  deleteHotwordLibrary,
  listHotwordLibraries,
  listSmartVoiceGroups,
  registerMediaInfo,
  getMediaInfo,
  listMediaBasicInfos,
  deleteMediaInfos,
  ...RAM_OPERATIONS,
  assumeRole,
  getCallerIdentity,
];
