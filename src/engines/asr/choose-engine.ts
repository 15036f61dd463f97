import type { AsrEngine } from './asr-engine.ts';

export type EngineChoice =
  | { readonly kind: 'chosen'; readonly engine: AsrEngine }
  | { readonly kind: 'unsupported-language'; readonly message: string };

/**
 * Which engine recognizes a job: the first that supports its language, in the order of the list. The server lists
 * the configured HTTP engine first, if there is one, and PocketSphinx (English only) behind it.
 * @param language BCP 47; undefined where the job names none
 */
export function chooseEngine(engines: readonly AsrEngine[], language: string | undefined): EngineChoice {
  const engine = engines.find((candidate) => candidate.supports(language));
  if (engine !== undefined) return { kind: 'chosen', engine };
  return {
    kind: 'unsupported-language',
    message:
      `No speech engine of this server recognizes '${language ?? 'und'}'. Out of the box it recognizes English (en). ` +
      'For other languages, the operator sets SMARTJOBS_ASR_URL to a speech server ' +
      'that speaks POST /v1/audio/transcriptions.',
  };
}

/** The language without script and region, in lower case: `zh` of `zh-Hans-CN`. */
export function primaryLanguage(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? '';
}
