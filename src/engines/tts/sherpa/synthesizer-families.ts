import type { InstalledModel } from '../../models/model.ts';
import type { AvailableVoice } from '../voices/available-voice.ts';

export type SynthesizerFamily = {
  /** How natural its voices sound. */
  readonly quality: AvailableVoice['quality'];
  /** The role of the file that says what speakers there are. */
  readonly described: string;
  /** The part of the library's own configuration that names the files. */
  config(files: InstalledModel['files']): object;
};

/** Those of a kind that cannot be loaded have no entry. */
const FAMILIES: Readonly<Record<string, SynthesizerFamily>> = {
  kokoro: {
    quality: 5,
    described: 'model',
    config: ({ model, voices, tokens, ...files }) => ({ kokoro: { model, voices, tokens, ...frontend(files) } }),
  },
  vits: {
    quality: 4,
    described: 'model',
    config: ({ model, tokens, ...files }) => ({ vits: { model, tokens, ...frontend(files) } }),
  },
  matcha: {
    quality: 4,
    described: 'acousticModel',
    config: ({ acousticModel, vocoder, tokens, ...files }) => ({
      matcha: { acousticModel, vocoder, tokens, ...frontend(files) },
    }),
  },
};

export function synthesizerFamily({ family }: InstalledModel): SynthesizerFamily | undefined {
  return FAMILIES[family];
}

/** What turns text into sounds, as far as the model has it. */
function frontend({ dataDir, dictDir, lexicon }: InstalledModel['files']): object {
  return { ...(dataDir && { dataDir }), ...(dictDir && { dictDir }), ...(lexicon && { lexicon }) };
}
