import type { JobType } from '../jobs/job-type.ts';
import { tesseract } from '../engines/ocr/tesseract.ts';
import { SPREADSHEET_LIMITS } from '../engines/spreadsheet/spreadsheet-limits.ts';
import type { TranslationEngine } from '../engines/translation/translation-engine.ts';
import { createGuardedFetch } from '../objects/guarded-fetch.ts';
import { createMediaSource } from '../objects/media-source.ts';
import { parseObjectAddress } from '../objects/object-address.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { ResultFiles } from '../objects/result-files.ts';
import { WorkFiles } from '../objects/work-files.ts';
import { asrPipeline } from '../pipelines/asr-pipeline.ts';
import { chartPipeline } from '../pipelines/chart-pipeline.ts';
import { fetchMedia } from '../pipelines/fetch-media.ts';
import type { FetchInput } from '../pipelines/fetch-input.ts';
import { fetchRecording } from '../pipelines/hls/fetch-recording.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { inputAddress } from '../pipelines/input-address.ts';
import { translationPipeline } from '../pipelines/translation/translation-pipeline.ts';
import { ttsPipeline } from '../pipelines/tts-pipeline.ts';
import type { Kept } from './open-kept.ts';
import type { Settings } from './settings.ts';
import type { SpeechEngines } from './speech-engines.ts';
import type { SynthesisEngines } from './synthesis-engines.ts';

/** Bytes; an object of the store may be no larger either. */
const LARGEST_INPUT = 5 * 1024 ** 3;
/** Bytes. */
const LARGEST_IMAGE = 20 * 1024 ** 2;
const LARGEST_SUBTITLE = 10 * 1024 ** 2;

export type PipelineSetUp = {
  readonly settings: Settings;
  readonly kept: Kept;
  readonly objects: ObjectStore;
  /** What jobs can be run with now; asked at each job. */
  readonly speech: () => Promise<SpeechEngines>;
  /** What speaks now; asked at each job. */
  readonly synthesis: () => Promise<SynthesisEngines>;
  /** What translates now; asked at each job. */
  readonly translators: () => Promise<readonly TranslationEngine[]>;
  /** The base URLs under which this server's own objects are known. */
  readonly ownUrls: readonly string[];
};

/** How the jobs of each type are run, with what there is when one of them is. */
export function jobPipelines(setUp: PipelineSetUp): Pipeline[] {
  const { objects, speech, synthesis } = setUp;
  const shared = sharedParts(setUp);
  const { fetchUpTo, fetchInput, media, hotwords, workFiles, resultFiles, mediaIds } = shared;
  const forget: Forget = async (account, id) => {
    await workFiles.remove(account, [id]);
    await resultFiles.remove(account, [id]);
  };
  const fetchSpreadsheet = fetchUpTo(SPREADSHEET_LIMITS.fileBytes);
  const fetchImage = fetchUpTo(LARGEST_IMAGE);
  const chart = chartPipeline({ fetchSpreadsheet, fetchImage, media, objects, workFiles, mediaIds });
  return [
    composed('ASR', forget, async () =>
      asrPipeline({ ...{ fetchInput, media, hotwords, resultFiles }, ...(await speech()) }),
    ),
    composed('TextToSpeech', forget, async () =>
      ttsPipeline({ media, objects, workFiles, resultFiles, mediaIds, synthesis: await synthesis() }),
    ),
    { ...chart, forget },
    composed('VideoTranslation', forget, () => videoTranslation(setUp, shared)),
  ];
}

type SharedParts = ReturnType<typeof sharedParts>;

function sharedParts({ settings, kept, objects, ownUrls }: PipelineSetUp) {
  const fetchUrl = createGuardedFetch({ allow: settings.fetchAllow });
  const source = createMediaSource({ store: objects, fetchUrl, ownUrls: () => ownUrls });
  const media = settings.ffmpegPath === undefined ? {} : { ffmpegPath: settings.ffmpegPath };
  return {
    fetchUpTo: (maxBytes: number): FetchInput =>
      fetchMedia(kept.store.media, (account, input, path, signal) =>
        source.fetch(account, input, path, { maxBytes, signal }),
      ),
    /** Recordings and playlists of recordings. */
    fetchInput: fetchMedia(kept.store.media, fetchRecording({ source, media, maxBytes: LARGEST_INPUT })),
    media,
    resultFiles: new ResultFiles(objects),
    workFiles: new WorkFiles(objects),
    mediaIds: kept.store.media,
    inputAddress: inputAddress(kept.store.media, (input) => parseObjectAddress(input, ownUrls)),
    hotwords: kept.store.hotwords,
  };
}

async function videoTranslation(
  { settings, objects, speech, synthesis, translators }: PipelineSetUp,
  { fetchUpTo, ...shared }: SharedParts,
): Promise<Pipeline> {
  const { translationEngine: preferredTranslator } = settings;
  return translationPipeline({
    ...{ ...shared, objects },
    fetchSubtitle: fetchUpTo(LARGEST_SUBTITLE),
    ...{ recognition: await speech(), synthesis: await synthesis(), translators: await translators() },
    ...(preferredTranslator !== undefined && { preferredTranslator }),
    textReader: tesseract(),
  });
}

type Forget = NonNullable<Pipeline['forget']>;

function composed(type: JobType, forget: Forget, compose: () => Promise<Pipeline>): Pipeline {
  return { type, run: async (run) => await (await compose()).run(run), forget };
}
