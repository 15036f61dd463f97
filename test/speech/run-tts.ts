import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { espeakNg } from '../../src/engines/tts/espeak/espeak-ng.ts';
import { flite } from '../../src/engines/tts/flite/flite.ts';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';
import type { MediaOutcome } from '../../src/jobs/media-store.ts';
import type { JobProgress } from '../../src/jobs/smart-job.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import type { ObjectStore } from '../../src/objects/object-store.ts';
import { ResultFiles } from '../../src/objects/result-files.ts';
import { WorkFiles } from '../../src/objects/work-files.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import { ttsPipeline } from '../../src/pipelines/tts-pipeline.ts';
import { ACCOUNT, executingJob, JOB_ID, runJob, synthesisOf } from '../support/run-job.ts';

export const MEDIA_ID = '0123456789abcdef0123456789abcdef';
export const WORK_BUCKET = `smartjobs-results-${ACCOUNT}`;
const BUCKET = 'speech';

export type SpeechRun = {
  readonly text: string;
  readonly editingConfig?: object;
  /** With its extension, as the submit makes it. */
  readonly object?: string;
  readonly bucket?: string;
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
};

/** Runs of one job after the other, on objects of their own, with the engines of this machine. */
export class SpeechBench {
  readonly checkpoints = new Map<string, string>();
  readonly settled: { readonly mediaId: string; readonly outcome: MediaOutcome }[] = [];
  readonly progress: JobProgress[] = [];
  /** The texts that an engine was asked for, in order. */
  readonly spoken: string[] = [];
  readonly folder: string;
  readonly objects: ObjectStore;

  private constructor(folder: string, objects: ObjectStore) {
    this.folder = folder;
    this.objects = objects;
  }

  /** @param limited what stands before the objects, such as a quota */
  static async open(limited: (store: ObjectStore) => ObjectStore = (store) => store): Promise<SpeechBench> {
    const folder = await mkdtemp(join(tmpdir(), 'speech-bench-'));
    return new SpeechBench(folder, limited(await openFolderStore(join(folder, 'objects'))));
  }

  async run(speech: SpeechRun, engines: readonly TtsEngine[] = [flite(), espeakNg()]): Promise<PipelineOutcome> {
    const pipeline = ttsPipeline({
      synthesis: await synthesisOf(engines.map((engine) => this.#watched(engine))),
      media: {},
      objects: this.objects,
      workFiles: new WorkFiles(this.objects),
      resultFiles: new ResultFiles(this.objects),
      mediaIds: {
        settle: async (_account, mediaId, outcome) => {
          this.settled.push({ mediaId, outcome });
          return true;
        },
      },
    });
    const { folder, checkpoints, progress } = this;
    const report = (step: JobProgress): void => void progress.push(step);
    return await runJob(pipeline, jobOf(speech), { folder, checkpoints, report, signal: speech.signal });
  }

  /** Of a finished run: the recording, on disk. */
  async recording(object = 'a.wav', bucket = BUCKET): Promise<string> {
    const path = join(this.folder, 'recording');
    const outcome = await this.objects.fetchTo(ACCOUNT, bucket, object, path);
    if (outcome.kind !== 'fetched') throw new Error(outcome.kind);
    return path;
  }

  /** Of the file of a chunk, in WORK_BUCKET. */
  workKey(index: number): string {
    return `work/${JOB_ID}/${String(index).padStart(6, '0')}`;
  }

  async workFile(index: number): Promise<boolean> {
    return (await this.objects.head(ACCOUNT, WORK_BUCKET, this.workKey(index))).kind === 'found';
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  #watched(engine: TtsEngine): TtsEngine {
    return {
      ...engine,
      synthesize: (request) => {
        this.spoken.push(request.spoken.map(({ text }) => text).join(''));
        return engine.synthesize(request);
      },
    };
  }
}

function jobOf({ text, editingConfig = {}, object = 'a.wav', bucket = BUCKET, overwrite = true }: SpeechRun) {
  return executingJob({
    ...{ type: 'TextToSpeech', inputFile: text, outputBucket: bucket, outputObject: object },
    editingConfig: JSON.stringify({ format: object.split('.').at(-1), ...editingConfig }),
    parameters: { MediaId: MEDIA_ID, Overwrite: String(overwrite) },
  });
}
