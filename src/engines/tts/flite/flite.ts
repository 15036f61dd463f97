import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineAvailability } from '../../engine-availability.ts';
import { findProgram } from '../../find-program.ts';
import { askSpeechProgram, runSpeechProgram } from '../speech-program.ts';
import type { TtsEngine, TtsOutcome, TtsRequest } from '../tts-engine.ts';
import type { AvailableVoice } from '../voices/available-voice.ts';
import { fliteText } from './flite-text.ts';

export type FliteSettings = {
  /** A name on PATH or a path; absent = `flite`. */
  readonly program?: string;
};

const REMEDY = 'Install it (Debian, Ubuntu: apt-get install flite).';

type Known = Pick<AvailableVoice, 'name' | 'languages' | 'gender' | 'quality'>;

/**
 * Voices that Debian's flite has built in. Left out: awb_time, which can only tell the time, and kal, which is kal16
 * at 8 kHz. All of these make 16 kHz.
 */
const KNOWN: Readonly<Record<string, Known>> = {
  slt: { name: 'SLT', languages: ['en-US'], gender: 'Female', quality: 3 },
  rms: { name: 'RMS', languages: ['en-US'], gender: 'Male', quality: 3 },
  awb: { name: 'AWB (Scottish)', languages: ['en-GB'], gender: 'Male', quality: 3 },
  kal16: { name: 'KAL', languages: ['en-US'], gender: 'Male', quality: 2 },
};

/** English by CMU Flite: 0.02 seconds of processor for a second of speech, and no model to load. */
export function flite(settings: FliteSettings = {}): TtsEngine {
  const program = settings.program ?? 'flite';
  return {
    name: 'flite',
    followsRate: 'exactly',
    voices: async () => await listVoices(program),
    synthesize: async (request) => await synthesize(request, program),
    availability: async () => await describe(program),
  };
}

async function listVoices(program: string): Promise<AvailableVoice[]> {
  if (findProgram(program) === undefined) return [];
  const listed = await askSpeechProgram(program, ['-lv']);
  const names =
    /Voices available:(.*)/
      .exec(listed ?? '')?.[1]
      ?.trim()
      .split(/\s+/) ?? [];
  return Object.entries(KNOWN).flatMap(([name, known]) =>
    names.includes(name) ? [{ id: `flite:${name}`, engine: 'flite', sampleRate: 16_000, ...known }] : [],
  );
}

async function synthesize(request: TtsRequest, program: string): Promise<TtsOutcome> {
  const path = findProgram(program);
  if (path === undefined) return { kind: 'unavailable', message: `flite was not found. ${REMEDY}` };
  const name = request.voice.replace(/^flite:/, '');
  // With a name that it does not know flite speaks with another voice and says nothing of it.
  if (!Object.hasOwn(KNOWN, name))
    return { kind: 'unavailable', message: `flite has no voice '${request.voice}'.` };
  if (request.spoken.some((piece) => piece.kind === 'pinyin')) {
    return { kind: 'unsupported', message: 'flite speaks English alone, so no pinyin (<phoneme alphabet="py">).' };
  }
  const text = fliteText(request.spoken);
  if (text === undefined) {
    return {
      kind: 'unsupported',
      message: 'flite reads English alone, and this text has no Latin letters or digits.',
    };
  }
  const textPath = join(request.scratch, 'flite.txt');
  await writeFile(textPath, `${text}\n`);
  const stretch = (1 / request.rate).toFixed(6);
  const args = ['-voice', name, '--setf', `duration_stretch=${stretch}`, '-f', textPath, '-o', request.wavPath];
  return await runSpeechProgram('flite', path, args, request);
}

async function describe(program: string): Promise<EngineAvailability> {
  const path = findProgram(program);
  if (path === undefined) return { kind: 'missing', reason: 'flite was not found.', remedy: REMEDY };
  const voices = await listVoices(program);
  if (voices.length === 0)
    return { kind: 'missing', reason: 'flite has none of its usual voices.', remedy: REMEDY };
  const version = /version: flite-([\d.]+)/.exec((await askSpeechProgram(path, ['--version'])) ?? '')?.[1] ?? '';
  return {
    kind: 'ready',
    version,
    detail: `English, ${path}, voices ${voices.map(({ name }) => name).join(', ')}`,
  };
}
