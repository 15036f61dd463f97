import type { InstalledModel } from '../models/model.ts';
import { modelAvailability, SILENT_SECOND } from '../sherpa/model-availability.ts';
import { LOAD_LIMIT, MODEL_RUNTIME, requestLimit } from '../sherpa/model-runtime.ts';
import { sherpaFailure } from '../sherpa/sherpa-failure.ts';
import type { SherpaPool } from '../sherpa/sherpa-pool.ts';
import type { SherpaConfiguration, Sound } from '../sherpa/sherpa-request.ts';
import { speechSound } from '../sherpa/speech-sound.ts';
import type { SpeechSegment } from '../vad/speech-segments.ts';
import type { LanguageIdentifier, LanguageOutcome, LanguageRequest } from './language-identifier.ts';

/** Seconds. The model looks at 29.5 at most, and is as sure after fewer. */
const LISTENED_TO = 28;

/**
 * The spoken language by a multilingual whisper model. It listens to the first speech of a recording, with the pauses
 * left out.
 */
export function sherpaLanguageIdentifier(model: InstalledModel, pool: SherpaPool): LanguageIdentifier {
  return {
    name: `sherpa-onnx ${model.name}`,
    identify: async (request) => await identify(request, model, pool),
    async availability() {
      const trial = { json: {}, sound: SILENT_SECOND };
      return await modelAvailability(pool, model, configuration(model), trial, 'whisper');
    },
  };
}

async function identify(
  { wavPath, speech, signal }: LanguageRequest,
  model: InstalledModel,
  pool: SherpaPool,
): Promise<LanguageOutcome> {
  const sound = await joined(wavPath, firstOf(speech));
  const outcome = await pool.use(configuration(model), signal, async (loaded) => {
    return await loaded.ask({ json: {}, sound, timeLimit: requestLimit(LISTENED_TO), signal });
  });
  if (outcome.kind !== 'answered') return sherpaFailure(outcome, model, signal);
  const { language } = outcome.json as { language: string };
  // The library says '' where the network itself failed.
  if (language !== '') return { kind: 'identified', language };
  return { kind: 'failed', message: `The model ${model.name} did not tell the language.`, detail: 'no answer' };
}

function configuration({ files, folder }: InstalledModel): SherpaConfiguration {
  const { encoder = '', decoder = '' } = files;
  return {
    task: 'identify-language',
    config: { whisper: { encoder, decoder }, ...MODEL_RUNTIME },
    reads: [folder],
    loadLimit: LOAD_LIMIT,
  };
}

function firstOf(speech: readonly SpeechSegment[]): SpeechSegment[] {
  let left = LISTENED_TO;
  return speech.flatMap(({ from, to }) => {
    const seconds = Math.min(left, to - from);
    left -= seconds;
    return seconds > 0 ? [{ from, to: from + seconds }] : [];
  });
}

async function joined(wavPath: string, parts: readonly SpeechSegment[]): Promise<Sound> {
  const sounds = await Promise.all(parts.map(async ({ from, to }) => await speechSound(wavPath, from, to)));
  async function* chunks(): AsyncIterable<Float32Array> {
    for (const sound of sounds) yield* sound.chunks;
  }
  return { length: sounds.reduce((sum, { length }) => sum + length, 0), chunks: chunks() };
}
