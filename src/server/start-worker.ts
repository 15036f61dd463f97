import { hostname } from 'node:os';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { JobType } from '../jobs/job-type.ts';
import type { JobHints } from '../jobs/job-hints.ts';
import { SPREADSHEET_LIMITS } from '../engines/spreadsheet/spreadsheet-limits.ts';
import { createGuardedFetch } from '../objects/guarded-fetch.ts';
import { createMediaSource } from '../objects/media-source.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { ResultFiles } from '../objects/result-files.ts';
import { WorkFiles } from '../objects/work-files.ts';
import { asrPipeline } from '../pipelines/asr-pipeline.ts';
import type { AsrParts } from '../pipelines/asr-work.ts';
import { chartPipeline } from '../pipelines/chart-pipeline.ts';
import type { ChartParts } from '../pipelines/chart-work.ts';
import type { FetchInput } from '../pipelines/fetch-input.ts';
import { ttsPipeline } from '../pipelines/tts-pipeline.ts';
import type { TtsParts } from '../pipelines/tts-work.ts';
import { fetchMedia } from '../pipelines/fetch-media.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { HEARTBEAT_TIMES } from '../worker/heartbeat.ts';
import { POLL_TIMES, Worker } from '../worker/worker.ts';
import type { DataFolder } from './data-folder.ts';
import type { Kept } from './open-kept.ts';
import type { Settings } from './settings.ts';
import type { SpeechEngines } from './speech-engines.ts';
import type { SynthesisEngines } from './synthesis-engines.ts';

/** Bytes; an object of the store may be no larger either. */
const LARGEST_INPUT = 5 * 1024 ** 3;
/** Bytes. */
const LARGEST_IMAGE = 20 * 1024 ** 2;

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
  /** What speaks now; asked at each job. */
  readonly synthesis: () => Promise<SynthesisEngines>;
  readonly folder: DataFolder;
  /** The base URLs under which this server's own objects are known. */
  readonly ownUrls: readonly string[];
};

export function startWorker(setUp: WorkerSetUp): Worker {
  const { settings, log, kept, hints, folder } = setUp;
  const options = {
    name: `${hostname()}/${process.pid}`,
    slots: settings.workers,
    graceMs: JOB_GRACE_MS,
    poll: POLL_TIMES,
  };
  return new Worker(
    {
      ...{ jobs: kept.store.jobs, pipelines: pipelines(setUp), clock: systemClock, log, times: HEARTBEAT_TIMES },
      ...{ scratchRoot: folder.scratch, hints },
    },
    options,
  );
}

function pipelines({ settings, kept, objects, speech, synthesis, ownUrls }: WorkerSetUp): Pipeline[] {
  const fetchUrl = createGuardedFetch({ allow: settings.fetchAllow });
  const source = createMediaSource({ store: objects, fetchUrl, ownUrls: () => ownUrls });
  const media = settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath };
  const fetchUpTo = (maxBytes: number): FetchInput =>
    fetchMedia(kept.store.media, (account, input, path, signal) =>
      source.fetch(account, input, path, { maxBytes, signal }),
    );
  const resultFiles = new ResultFiles(objects);
  const workFiles = new WorkFiles(objects);
  const forAsr: Omit<AsrParts, keyof SpeechEngines> = {
    fetchInput: fetchUpTo(LARGEST_INPUT),
    media,
    hotwords: kept.store.hotwords,
    resultFiles,
  };
  const asr = async (): Promise<Pipeline> => asrPipeline({ ...forAsr, ...(await speech()) });
  const forTts: Omit<TtsParts, 'synthesis'> = {
    media,
    objects,
    workFiles,
    resultFiles,
    mediaIds: kept.store.media,
  };
  const tts = async (): Promise<Pipeline> => ttsPipeline({ ...forTts, synthesis: await synthesis() });
  const forChart: ChartParts = {
    fetchSpreadsheet: fetchUpTo(SPREADSHEET_LIMITS.fileBytes),
    fetchImage: fetchUpTo(LARGEST_IMAGE),
    ...{ media, objects, workFiles, mediaIds: kept.store.media },
  };
  const forget: Forget = async (account, id) => {
    await workFiles.remove(account, [id]);
    await resultFiles.remove(account, [id]);
  };
  return [
    composed('ASR', asr, forget),
    composed('TextToSpeech', tts, forget),
    { ...chartPipeline(forChart), forget },
  ];
}

type Forget = NonNullable<Pipeline['forget']>;

/** With what there is when a job runs. */
function composed(type: JobType, compose: () => Promise<Pipeline>, forget: Forget): Pipeline {
  return { type, run: async (run) => await (await compose()).run(run), forget };
}
