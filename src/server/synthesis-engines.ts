import { espeakNg } from '../engines/tts/espeak/espeak-ng.ts';
import { flite } from '../engines/tts/flite/flite.ts';
import { installedModels } from '../engines/models/installed-models.ts';
import type { InstalledModel } from '../engines/models/model.ts';
import type { SherpaPool } from '../engines/sherpa/sherpa-pool.ts';
import { sherpaTts } from '../engines/tts/sherpa/sherpa-tts.ts';
import type { TtsEngine } from '../engines/tts/tts-engine.ts';
import type { AvailableVoice } from '../engines/tts/voices/available-voice.ts';
import type { Synthesis } from '../pipelines/tts-work.ts';
import type { Settings } from './settings.ts';

/** What speaks at the moment: the configured server, the installed models, flite, espeak-ng. */
export type SynthesisEngines = Synthesis & { readonly engines: readonly TtsEngine[] };

type SynthesisSettings = Pick<Settings, 'tts' | 'models' | 'ffmpegPath'>;

/**
 * Looks anew at each call: a model that was pulled while the server runs speaks in the next job, and so does a program
 * that was installed. While nothing changes the answer is the same object, which the lists of voices are kept by.
 */
export function synthesisEngines(settings: SynthesisSettings, pool: SherpaPool): () => Promise<SynthesisEngines> {
  const programs = [askedOnce(flite()), espeakNg()];
  const models = new Map<string, TtsEngine>();
  let server: Promise<TtsEngine[]> | undefined;
  let last: SynthesisEngines | undefined;
  const engineOfModel = (model: InstalledModel): TtsEngine => {
    const key = JSON.stringify(model);
    const engine = models.get(key) ?? sherpaTts(model, pool);
    models.set(key, engine);
    return engine;
  };
  return async () => {
    server ??= speechServer(settings);
    const installed = (await installedModels(settings.models.dir)).filter(({ task }) => task === 'tts');
    const engines = [...(await server), ...installed.map(engineOfModel), ...programs];
    const lists = await Promise.all(engines.map(async (engine) => await engine.voices()));
    if (last === undefined || !isSame(last, engines, lists.flat())) last = synthesis(engines, lists);
    return last;
  };
}

function synthesis(engines: readonly TtsEngine[], lists: readonly (readonly AvailableVoice[])[]): SynthesisEngines {
  const owners = new Map(
    engines.flatMap((engine, index) => (lists[index] ?? []).map(({ id }) => [id, engine] as const)),
  );
  return { engines, voices: lists.flat(), engineOf: (voiceId) => owners.get(voiceId) };
}

function isSame(
  { engines: before, voices }: SynthesisEngines,
  engines: readonly TtsEngine[],
  now: readonly AvailableVoice[],
): boolean {
  const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((one, index) => one === b[index]);
  return isSameList(before, engines) && isSameList(voices, now);
}

/** Its voices do not change while it is installed, and to ask a program for them takes 20 ms. */
function askedOnce(engine: TtsEngine): TtsEngine {
  let known: Promise<readonly AvailableVoice[]> | undefined;
  return {
    ...engine,
    async voices() {
      known ??= engine.voices();
      const voices = await known;
      if (voices.length === 0) known = undefined;
      return voices;
    },
  };
}

async function speechServer({ tts, ffmpegPath }: SynthesisSettings): Promise<TtsEngine[]> {
  if (tts === undefined) return [];
  const { url: baseUrl, model, voices, apiKey } = tts;
  // Loaded where it is configured: its HTTP client takes long to load.
  const { openAiSpeech } = await import('../engines/tts/http/openai-speech.ts');
  const media = ffmpegPath === undefined ? {} : { ffmpegPath };
  return [askedOnce(openAiSpeech({ baseUrl, model, voices, ...(apiKey !== '' && { apiKey }) }, media))];
}
