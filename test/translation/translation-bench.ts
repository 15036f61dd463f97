import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pocketSphinx } from '../../src/engines/asr/pocketsphinx.ts';
import type { AsrEngine } from '../../src/engines/asr/asr-engine.ts';
import { tesseract } from '../../src/engines/ocr/tesseract.ts';
import { apertium } from '../../src/engines/translation/apertium/apertium.ts';
import { espeakNg } from '../../src/engines/tts/espeak/espeak-ng.ts';
import { flite } from '../../src/engines/tts/flite/flite.ts';
import { reservingParameter } from '../../src/jobs/job-media.ts';
import type { JobProgress, JobResult } from '../../src/jobs/smart-job.ts';
import { openFolderStore } from '../../src/objects/folder-store.ts';
import type { ObjectStore } from '../../src/objects/object-store.ts';
import { parseObjectAddress } from '../../src/objects/object-address.ts';
import { ResultFiles } from '../../src/objects/result-files.ts';
import { WorkFiles } from '../../src/objects/work-files.ts';
import type { PipelineOutcome } from '../../src/pipelines/pipeline.ts';
import { translationPipeline } from '../../src/pipelines/translation/translation-pipeline.ts';
import type { TranslationParts } from '../../src/pipelines/translation/translation-work.ts';
import { ACCOUNT, copiedInput, executingJob, runJob, synthesisOf } from '../support/run-job.ts';

const MEDIA_IDS = ['0123456789abcdef0123456789abcde0', '0123456789abcdef0123456789abcde1'];

export type TranslationRun = {
  /** `Video`, `Audio` and `Subtitle` are local files. */
  readonly input: {
    readonly Type: string;
    readonly Video?: string;
    readonly Audio?: string;
    readonly Subtitle?: string;
  };
  readonly editing: Readonly<Record<string, unknown>>;
  readonly mediaUrl: string;
  readonly output?: object;
  readonly signal?: AbortSignal;
};

/** Runs of one job after the other, on objects of their own, with the engines of this machine. */
export class TranslationBench {
  readonly checkpoints = new Map<string, string>();
  readonly progress: JobProgress[] = [];
  /** How often speech was recognized. */
  recognitions = 0;
  readonly folder: string;
  readonly objects: ObjectStore;

  private constructor(folder: string, objects: ObjectStore) {
    this.folder = folder;
    this.objects = objects;
  }

  static async open(): Promise<TranslationBench> {
    const folder = await mkdtemp(join(tmpdir(), 'translation-bench-'));
    return new TranslationBench(folder, await openFolderStore(join(folder, 'objects')));
  }

  async run(wanted: TranslationRun, parts: Partial<TranslationParts> = {}): Promise<PipelineOutcome> {
    const pipeline = translationPipeline({ ...(await this.#parts()), ...parts });
    const { folder, checkpoints, progress } = this;
    const report = (step: JobProgress): void => void progress.push(step);
    return await runJob(pipeline, jobOf(wanted), { folder, checkpoints, report, signal: wanted.signal });
  }

  /** An object that a job has written, on disk. */
  async fetched(url: string): Promise<string> {
    const address = parseObjectAddress(url);
    if (address.kind !== 'object') throw new Error(`${url} is no object`);
    const path = join(this.folder, address.key.replaceAll('/', '-'));
    const outcome = await this.objects.fetchTo(ACCOUNT, address.bucket, address.key, path);
    if (outcome.kind !== 'fetched') throw new Error(`${url}: ${outcome.kind}`);
    return path;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  async #parts(): Promise<TranslationParts> {
    return {
      ...{ fetchInput: copiedInput, fetchSubtitle: copiedInput, media: {} },
      inputAddress: async (_account, input) => parseObjectAddress(input),
      recognition: { engines: [this.#counted(pocketSphinx())] },
      translators: [apertium()],
      textReader: tesseract(),
      synthesis: await synthesisOf([flite(), espeakNg()]),
      objects: this.objects,
      workFiles: new WorkFiles(this.objects),
      resultFiles: new ResultFiles(this.objects),
      mediaIds: { settle: async () => true },
    };
  }

  #counted(engine: AsrEngine): AsrEngine {
    return {
      ...engine,
      recognize: async (request) => {
        this.recognitions += 1;
        return await engine.recognize(request);
      },
    };
  }
}

function jobOf({ input, editing, mediaUrl, output = {} }: TranslationRun) {
  const address = parseObjectAddress(mediaUrl);
  if (address.kind !== 'object') throw new Error(`${mediaUrl} is no object`);
  const editingConfig = JSON.stringify(editing);
  return executingJob({
    ...{ type: 'VideoTranslation', editingConfig, inputFile: input.Video ?? input.Audio ?? input.Subtitle ?? '' },
    ...{ outputBucket: address.bucket, outputObject: address.key },
    parameters: {
      InputConfig: JSON.stringify(input),
      OutputConfig: JSON.stringify({ MediaURL: mediaUrl, ...output }),
      EditingConfig: editingConfig,
      ...reservingParameter(MEDIA_IDS),
    },
  });
}

/** The result of a finished run; throws with the failure of a failed one. */
export function resultOf(outcome: PipelineOutcome): JobResult {
  if (outcome.kind === 'failed') throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.result;
}
