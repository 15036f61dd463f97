import { writeFile } from 'node:fs/promises';
import type { InstalledModel } from '../../models/model.ts';
import { modelAvailability } from '../../sherpa/model-availability.ts';
import { LOAD_LIMIT, MODEL_RUNTIME, requestLimit } from '../../sherpa/model-runtime.ts';
import { modelRemedy, sherpaFailure } from '../../sherpa/sherpa-failure.ts';
import type { SherpaPool } from '../../sherpa/sherpa-pool.ts';
import type { SherpaConfiguration } from '../../sherpa/sherpa-request.ts';
import { pcmWav } from '../audio/pcm-wav.ts';
import type { TtsEngine, TtsOutcome, TtsRequest } from '../tts-engine.ts';
import { engineName, modelVoices, type ModelVoice } from './model-voices.ts';
import { synthesizerFamily, type SynthesizerFamily } from './synthesizer-families.ts';

/** Seconds of speech that a chunk can come to; a slow machine makes half a second in one. */
const LONGEST_CHUNK = 60;
/** What the library says before it gives out no sound at all, which its JavaScript side does not survive (1.13). */
const WITHOUT_SOUNDS = /Failed to convert .* to token IDs/is;

/**
 * Speech by a model of sherpa-onnx (Kokoro, VITS as Piper makes it, Matcha), in one of the pool's child processes. Such
 * models follow a speed as they like, and speaking twice to measure it would be dear: it is set on the samples.
 */
export function sherpaTts(model: InstalledModel, pool: SherpaPool): TtsEngine {
  const family = synthesizerFamily(model);
  let known: Promise<ModelVoice[]> | undefined;
  const voices = async (): Promise<ModelVoice[]> => {
    known ??= family === undefined ? Promise.resolve([]) : modelVoices(model, family).catch(() => []);
    return await known;
  };
  return {
    name: engineName(model),
    followsRate: 'never',
    voices: async () => (await voices()).map(({ voice }) => voice),
    async synthesize(request) {
      const speaker = (await voices()).find(({ voice }) => voice.id === request.voice)?.speaker;
      if (family === undefined || speaker === undefined) {
        return { kind: 'unavailable', message: `The model ${model.name} has no voice '${request.voice}'.` };
      }
      return await synthesize(request, speaker, configuration(model, family), { model, pool });
    },
    async availability() {
      const unloadable = { kind: 'missing', reason: `No network of the family '${model.family}' speaks.` } as const;
      if (family === undefined) return { ...unloadable, remedy: modelRemedy(model.name) };
      const detail = `${model.family}: ${model.languages.join(', ')}; ${(await voices()).length} voices`;
      const trial = { json: { text: model.languages.includes('zh') ? '你好' : 'hello', sid: 0 } };
      return await modelAvailability(pool, model, configuration(model, family), trial, detail);
    },
  };
}

async function synthesize(
  { spoken, wavPath, signal }: TtsRequest,
  sid: number,
  loadable: SherpaConfiguration,
  { model, pool }: { readonly model: InstalledModel; readonly pool: SherpaPool },
): Promise<TtsOutcome> {
  if (spoken.some((piece) => piece.kind === 'pinyin')) {
    const message = `The model ${model.name} cannot be told the pinyin of a text (<phoneme alphabet="py">).`;
    return { kind: 'unsupported', message };
  }
  const text = spoken.map((piece) => piece.text).join('');
  const request = { json: { text, sid }, timeLimit: requestLimit(LONGEST_CHUNK), signal };
  const outcome = await pool.use(loadable, signal, async (loaded) => {
    const first = await loaded.ask(request);
    // One that a machine short of memory has killed is worth a second try; what kills it again is the text.
    return first.kind === 'crashed' && !WITHOUT_SOUNDS.test(first.detail) ? await loaded.ask(request) : first;
  });
  const hasNoSounds =
    (outcome.kind === 'crashed' && WITHOUT_SOUNDS.test(outcome.detail)) ||
    (outcome.kind === 'answered' && outcome.samples.length === 0);
  if (hasNoSounds) {
    return { kind: 'unsupported', message: `The model ${model.name} has no sounds for this text.` };
  }
  if (outcome.kind === 'refused') {
    const message = `The model ${model.name} refused this text.`;
    return { kind: 'failed', message, detail: outcome.detail };
  }
  if (outcome.kind !== 'answered') return sherpaFailure(outcome, model, signal);
  const { sampleRate } = outcome.json as { sampleRate: number };
  await writeFile(wavPath, pcmWav({ sampleRate, samples: integers(outcome.samples) }));
  return { kind: 'synthesized', wavPath, sampleRate, seconds: outcome.samples.length / sampleRate };
}

/** Some models go past full scale. */
function integers(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
}

function configuration(model: InstalledModel, family: SynthesizerFamily): SherpaConfiguration {
  const { ruleFsts } = model.files;
  return {
    task: 'synthesize',
    config: {
      model: { ...family.config(model.files), ...MODEL_RUNTIME },
      maxNumSentences: 1,
      ...(ruleFsts && { ruleFsts }),
    },
    reads: [model.folder],
    loadLimit: LOAD_LIMIT,
  };
}
