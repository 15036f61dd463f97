import { fingerprint } from '../fingerprint.ts';
import { done } from '../step-outcomes.ts';
import type { Step } from '../steps.ts';
import { madeBefore, type MadeTarget } from './made-target.ts';
import type { Lined, Translating } from './translation-work.ts';

/** Targets that an earlier run has written are not made again. */
export const startTargets: Step<Lined, Translating> = {
  name: 'Looking for what is there',
  weight: 0,
  async run(work) {
    const made: MadeTarget[] = [];
    for (const target of work.targets) {
      const before = await madeBefore(work.run, work.parts, target, madeFrom(work, target.language));
      if (before !== undefined) made.push(before);
    }
    return done({ ...work, made });
  },
};

/** What stands for everything that a target is made from. */
export function madeFrom({ lines, burned, hotwords, run }: Lined, language: string): string {
  const { InputConfig, OutputConfig, EditingConfig } = run.job.parameters;
  return fingerprint(language, lines, burned, hotwords, InputConfig, OutputConfig, EditingConfig);
}
