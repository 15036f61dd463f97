/**
 * The steps of a translation, in order: what each of them remembers lies under its name (see step-checkpoints.ts),
 * and a retry can begin again at any of them.
 */
export const TRANSLATION_STEPS = [
  ...(['Fetch', 'Probe', 'Extract', 'Background', 'Recognize', 'Read', 'Segment'] as const),
  ...(['Translate', 'Synthesize', 'Fit', 'Mix', 'Render', 'Check'] as const),
] as const;

export type TranslationStep = (typeof TRANSLATION_STEPS)[number];

/** How the keys begin of what this step and those after it remember. */
export function checkpointsFrom(step: TranslationStep): string[] {
  return TRANSLATION_STEPS.slice(TRANSLATION_STEPS.indexOf(step)).map((name) => `${name.toLowerCase()}/`);
}
