import { chooseEngine } from '../engines/asr/choose-engine.ts';
import type { SpeechEngines } from './speech-engines.ts';

/** For the start-up text: which engine takes a job that names no language, or what is missing for one. */
export async function describeRecognition({ engines, preferred }: SpeechEngines, scratch: string): Promise<string> {
  const choice = chooseEngine(engines, undefined, preferred === undefined ? {} : { preferred });
  // To ask a model whether it works would load it, up to a gigabyte: that is for the doctor.
  if (choice.kind === 'chosen' && choice.engine.model !== undefined) return choice.engine.name;
  const missing: string[] = [];
  for (const engine of engines.filter(({ model }) => model === undefined)) {
    const availability = await engine.availability(scratch);
    if (availability.kind === 'ready') return `${engine.name} ${availability.version}`.trim();
    missing.push(`${engine.name}: ${availability.reason} ${availability.remedy}`);
  }
  return missing.join('; ');
}
