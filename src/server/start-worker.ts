import { hostname } from 'node:os';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import { createGuardedFetch } from '../objects/guarded-fetch.ts';
import { createMediaSource } from '../objects/media-source.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { ResultFiles } from '../objects/result-files.ts';
import { asrPipeline } from '../pipelines/asr-pipeline.ts';
import type { AsrParts } from '../pipelines/asr-work.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { HEARTBEAT_TIMES } from '../worker/heartbeat.ts';
import { POLL_TIMES, Worker } from '../worker/worker.ts';
import type { DataFolder } from './data-folder.ts';
import type { Kept } from './open-kept.ts';
import type { Settings } from './settings.ts';
import type { SpeechEngines } from './speech-engines.ts';

/** Bytes; an object of the store may be no larger either. */
const LARGEST_INPUT = 5 * 1024 ** 3;

/** Milliseconds that running jobs get to end when the server is told to stop; all in all it has 10 s. */
const JOB_GRACE_MS = 5_000;

export type WorkerSetUp = {
  readonly settings: Settings;
  readonly log: Logger;
  readonly kept: Kept;
  readonly objects: ObjectStore;
  readonly hints: JobHints;
  /** What jobs can be run with now; asked at each job. */
  readonly speech: () => Promise<SpeechEngines>;
  readonly folder: DataFolder;
  /** The base URLs under which this server's own objects are known. */
  readonly ownUrls: readonly string[];
};

export function startWorker({ settings, log, kept, objects, hints, speech, folder, ownUrls }: WorkerSetUp): Worker {
  const fetchUrl = createGuardedFetch({ allow: settings.fetchAllow });
  const source = createMediaSource({ store: objects, fetchUrl, ownUrls: () => ownUrls });
  const resultFiles = new ResultFiles(objects);
  const parts: Omit<AsrParts, keyof SpeechEngines> = {
    fetchInput: (account, input, path, signal) =>
      source.fetch(account, input, path, { maxBytes: LARGEST_INPUT, signal }),
    media: settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath },
    hotwords: kept.store.hotwords,
    resultFiles,
  };
  const asr: Pipeline = {
    type: 'ASR',
    run: async (run) => await asrPipeline({ ...parts, ...(await speech()) }).run(run),
    forget: (account, id) => resultFiles.remove(account, [id]),
  };
  const options = {
    name: `${hostname()}/${process.pid}`,
    slots: settings.workers,
    graceMs: JOB_GRACE_MS,
    poll: POLL_TIMES,
  };
  return new Worker(
    {
      ...{ jobs: kept.store.jobs, pipelines: [asr], clock: systemClock, log, times: HEARTBEAT_TIMES },
      ...{ scratchRoot: folder.scratch, hints },
    },
    options,
  );
}
