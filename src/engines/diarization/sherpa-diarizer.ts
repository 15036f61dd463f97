import type { InstalledModel } from '../models/model.ts';
import { modelAvailability, SILENT_SECOND } from '../sherpa/model-availability.ts';
import { LOAD_LIMIT, MODEL_RUNTIME } from '../sherpa/model-runtime.ts';
import { sherpaFailure } from '../sherpa/sherpa-failure.ts';
import type { SherpaPool } from '../sherpa/sherpa-pool.ts';
import type { SherpaConfiguration, Sound } from '../sherpa/sherpa-request.ts';
import { speechSound } from '../sherpa/speech-sound.ts';
import type { DiarizationOutcome, DiarizationRequest, SpeakerDiarizer, SpeakerTurn } from './speaker-diarizer.ts';

/**
 * Seconds. The library holds the whole waveform (230 MB an hour) and the distances between all the voices that it found
 * in windows of 10 s, one a second: 8 bytes for each pair, which for two voices a window is 0.2 GB for one hour and
 * 0.8 GB for two, for three voices 0.5 and 1.9 GB. Past about six hours it would count them wrong.
 */
const LONGEST = 2 * 3600;
/** Voices that differ by more than this (cosine distance) are two speakers; the library's own default. */
const THRESHOLD = 0.5;
/** Of the time limit; the library needs about a tenth of the recording's length on one core. */
const SECONDS_PER_SECOND = 3;

/** Who speaks when, by sherpa-onnx with a segmentation model of pyannote and a model of voices. */
export function sherpaDiarizer(
  segmentation: InstalledModel,
  embedding: InstalledModel,
  pool: SherpaPool,
): SpeakerDiarizer {
  const configuration = configurationOf(segmentation, embedding);
  return {
    name: `sherpa-onnx ${segmentation.name}, ${embedding.name}`,
    longest: LONGEST,
    async diarize(request) {
      if (request.seconds > LONGEST) {
        const message = `Speakers are told apart in recordings of at most ${LONGEST / 3600} hours.`;
        return { kind: 'too-long', message };
      }
      return await diarize(request, segmentation, configuration, pool);
    },
    async availability() {
      const trial = { json: { clustering: clustering(undefined) }, sound: SILENT_SECOND };
      return await modelAvailability(pool, segmentation, configuration, trial, embedding.name);
    },
  };
}

async function diarize(
  { wavPath, seconds, speakers, signal, onProgress }: DiarizationRequest,
  model: InstalledModel,
  configuration: SherpaConfiguration,
  pool: SherpaPool,
): Promise<DiarizationOutcome> {
  const outcome = await pool.use(configuration, signal, async (loaded) => {
    const sound = await speechSound(wavPath, 0, seconds);
    const timeLimit = 120 + SECONDS_PER_SECOND * seconds;
    const json = { clustering: clustering(speakers) };
    return await loaded.ask({ json, sound: counted(sound, onProgress), timeLimit, signal });
  });
  if (outcome.kind !== 'answered') return sherpaFailure(outcome, model, signal);
  onProgress(1);
  const { turns } = outcome.json as { turns: readonly { start: number; end: number; speaker: number }[] };
  return { kind: 'diarized', turns: inOrder(turns, seconds) };
}

function configurationOf(segmentation: InstalledModel, embedding: InstalledModel): SherpaConfiguration {
  return {
    task: 'diarize',
    config: {
      segmentation: { pyannote: { model: segmentation.files['model'] ?? '' }, ...MODEL_RUNTIME },
      embedding: { model: embedding.files['model'] ?? '', ...MODEL_RUNTIME },
      clustering: clustering(undefined),
      // Seconds: shorter turns and shorter pauses are noise of the segmentation.
      ...{ minDurationOn: 0.3, minDurationOff: 0.5 },
    },
    reads: [segmentation.folder, embedding.folder],
    loadLimit: LOAD_LIMIT,
  };
}

function clustering(speakers: number | undefined): object {
  return { numClusters: speakers ?? -1, threshold: THRESHOLD };
}

/** The library says nothing until it is done; that it has the sound is the first twentieth. */
function counted(sound: Sound, onProgress: (fraction: number) => void): Sound {
  async function* chunks(): AsyncIterable<Float32Array> {
    let sent = 0;
    for await (const chunk of sound.chunks) {
      yield chunk;
      sent += chunk.length;
      onProgress((0.05 * sent) / sound.length);
    }
  }
  return { length: sound.length, chunks: chunks() };
}

/** Inside the recording and in order, the speakers numbered as they are first heard. */
function inOrder(
  turns: readonly { start: number; end: number; speaker: number }[],
  seconds: number,
): SpeakerTurn[] {
  const numbers = new Map<number, number>();
  return turns
    .map(({ start, end, speaker }) => ({ from: start, to: Math.min(end, seconds), speaker }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, speaker }) => {
      const number = numbers.get(speaker) ?? numbers.size;
      numbers.set(speaker, number);
      return { from, to, speaker: number };
    });
}
