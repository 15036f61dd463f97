import type { AsrEngine } from '../engines/asr/asr-engine.ts';
import { pocketSphinx } from '../engines/asr/pocketsphinx.ts';
import { sherpaAsr } from '../engines/asr/sherpa.ts';
import { sherpaDiarizer } from '../engines/diarization/sherpa-diarizer.ts';
import type { SpeakerDiarizer } from '../engines/diarization/speaker-diarizer.ts';
import type { LanguageIdentifier } from '../engines/language-id/language-identifier.ts';
import { sherpaLanguageIdentifier } from '../engines/language-id/sherpa-language-identifier.ts';
import { installedModels } from '../engines/models/installed-models.ts';
import type { InstalledModel, ModelTask } from '../engines/models/model.ts';
import type { Punctuator } from '../engines/punctuation/punctuator.ts';
import { sherpaPunctuator } from '../engines/punctuation/sherpa-punctuator.ts';
import type { SherpaPool } from '../engines/sherpa/sherpa-pool.ts';
import type { Settings } from './settings.ts';

/** What ASR jobs can be run with at the moment. What is absent is not there on this machine. */
export type SpeechEngines = {
  /** As chooseEngine wants them: the configured server first, then the installed models, then PocketSphinx. */
  readonly engines: readonly AsrEngine[];
  /** The name of the engine or model that the operator set. */
  readonly preferred?: string;
  readonly languages?: LanguageIdentifier;
  readonly punctuator?: Punctuator;
  readonly diarizer?: SpeakerDiarizer;
};

type SpeechSettings = Pick<Settings, 'asr' | 'asrEngine' | 'models'>;

/**
 * Looks anew at each call: a model that was pulled while the server runs serves the next job. Reads one small file
 * for each model; none is loaded before a job needs it.
 */
export async function speechEngines(settings: SpeechSettings, pool: SherpaPool): Promise<SpeechEngines> {
  const models = await installedModels(settings.models.dir);
  const first = (task: ModelTask): InstalledModel | undefined => models.find((model) => model.task === task);
  const recognizers = models.filter(({ task }) => task === 'asr');
  const whisper = first('language-identification') ?? recognizers.find(isMultilingualWhisper);
  const [punctuation, segmentation, embedding] = [
    first('punctuation'),
    first('speaker-segmentation'),
    first('speaker-embedding'),
  ];
  return {
    engines: [
      ...(await speechServer(settings)),
      ...recognizers.map((model) => sherpaAsr(model, pool)),
      pocketSphinx(),
    ],
    ...(settings.asrEngine !== undefined && { preferred: settings.asrEngine }),
    ...(whisper && { languages: sherpaLanguageIdentifier(whisper, pool) }),
    ...(punctuation && { punctuator: sherpaPunctuator(punctuation, pool) }),
    ...(segmentation && embedding && { diarizer: sherpaDiarizer(segmentation, embedding, pool) }),
  };
}

/** The English ones have no words for other languages. */
function isMultilingualWhisper({ family, languages }: InstalledModel): boolean {
  return family === 'whisper' && languages.length !== 1;
}

async function speechServer({ asr }: SpeechSettings): Promise<AsrEngine[]> {
  if (asr === undefined) return [];
  const { url, model, apiKey, maxUploadBytes } = asr;
  // Loaded where it is configured: its HTTP client takes long to load.
  const { openAiHttp } = await import('../engines/asr/openai-http.ts');
  return [openAiHttp({ baseUrl: url, model, maxUploadBytes, ...(apiKey === '' ? {} : { apiKey }) })];
}
