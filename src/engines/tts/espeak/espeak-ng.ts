import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineAvailability } from '../../engine-availability.ts';
import { findProgram } from '../../find-program.ts';
import { askSpeechProgram, runSpeechProgram } from '../speech-program.ts';
import type { TtsEngine, TtsOutcome, TtsRequest } from '../tts-engine.ts';
import { espeakText } from './espeak-text.ts';
import { readEspeakVoices, type EspeakVoice } from './espeak-voices.ts';

export type EspeakSettings = {
  /** A name on PATH or a path; absent = `espeak-ng`. */
  readonly program?: string;
};

const REMEDY = 'Install it (Debian, Ubuntu: apt-get install espeak-ng).';
/** Words a minute that it speaks by itself. */
const USUAL_SPEED = 175;

/**
 * Over a hundred languages by espeak-ng: a robot's voice, but words and tones are right. Licensed under the GPL, so it
 * runs as a program of its own and no part of it is shipped.
 */
export function espeakNg(settings: EspeakSettings = {}): TtsEngine {
  const program = settings.program ?? 'espeak-ng';
  let known: Promise<readonly EspeakVoice[]> | undefined;
  const voices = async (): Promise<readonly EspeakVoice[]> => {
    known ??= listVoices(program);
    const found = await known;
    // It may be installed while the server runs.
    if (found.length === 0) known = undefined;
    return found;
  };
  return {
    name: 'espeak-ng',
    followsRate: 'roughly',
    voices: async () => (await voices()).map(({ voice }) => voice),
    synthesize: async (request) => await synthesize(request, program, await voices()),
    availability: async () => await describe(program, await voices()),
  };
}

async function listVoices(program: string): Promise<readonly EspeakVoice[]> {
  if (findProgram(program) === undefined) return [];
  return readEspeakVoices((await askSpeechProgram(program, ['--voices'])) ?? '');
}

async function synthesize(
  request: TtsRequest,
  program: string,
  voices: readonly EspeakVoice[],
): Promise<TtsOutcome> {
  const path = findProgram(program);
  if (path === undefined) return { kind: 'unavailable', message: `espeak-ng was not found. ${REMEDY}` };
  const found = voices.find(({ voice: { id } }) => id === request.voice);
  if (found === undefined) return { kind: 'unavailable', message: `espeak-ng has no voice '${request.voice}'.` };
  const text = espeakText(request.spoken, request.language);
  if (text.kind === 'unsupported') return text;
  const textPath = join(request.scratch, 'espeak.txt');
  await writeFile(textPath, `${text.text}\n`);
  const speed = String(Math.round(USUAL_SPEED * request.rate));
  const args = ['-v', found.argument, '-s', speed, '-b', '1', '-z', '-f', textPath, '-w', request.wavPath];
  return await runSpeechProgram('espeak-ng', path, args, request);
}

async function describe(program: string, voices: readonly EspeakVoice[]): Promise<EngineAvailability> {
  const path = findProgram(program);
  if (path === undefined) return { kind: 'missing', reason: 'espeak-ng was not found.', remedy: REMEDY };
  if (voices.length === 0) return { kind: 'missing', reason: 'espeak-ng does not run.', remedy: REMEDY };
  const version = /text-to-speech: ([\d.]+)/.exec((await askSpeechProgram(path, ['--version'])) ?? '')?.[1] ?? '';
  const languages = new Set(voices.map(({ voice }) => voice.languages[0]?.split('-')[0]));
  return { kind: 'ready', version, detail: `${languages.size} languages, ${path}` };
}
