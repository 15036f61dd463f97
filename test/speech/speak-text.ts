import { join } from 'node:path';
import { encodeSpeech, speechExtension, type SpeechFormat } from '../../src/engines/tts/audio/encode-speech.ts';
import { joinSpeech, type JoinedSpeech } from '../../src/engines/tts/audio/join-speech.ts';
import { speakChunk } from '../../src/engines/tts/audio/speak-chunk.ts';
import type { SpeechSettings } from '../../src/engines/tts/audio/speech-settings.ts';
import { espeakNg } from '../../src/engines/tts/espeak/espeak-ng.ts';
import { flite } from '../../src/engines/tts/flite/flite.ts';
import { planSpeech, readSpeech } from '../../src/engines/tts/plan/plan-speech.ts';
import type { TtsEngine } from '../../src/engines/tts/tts-engine.ts';

export type Spoken = JoinedSpeech & { readonly path: string };

export type SpeakOptions = Partial<SpeechSettings> & {
  readonly format?: SpeechFormat;
  /** For the voice's own language; the other languages of the text have espeak-ng. */
  readonly voice?: string;
  readonly scratch: string;
};

const NAMES: Readonly<Record<string, string>> = { zh: 'cmn', en: 'en-us' };
const fliteEngine = flite();
const espeakEngine = espeakNg();

/** A text through plan, engines, joining and encoding, as a job takes it; throws where any of it does not go well. */
export async function speakText(text: string, options: SpeakOptions): Promise<Spoken> {
  const { scratch, format = 'WAV', voice = 'flite:slt' } = options;
  const settings = { speechRate: 0, pitchRate: 0, volume: 50, sampleRate: 16_000, ...options };
  const { signal } = new AbortController();
  const read = readSpeech(text);
  if (read.kind === 'refused') throw new Error(read.message);
  const planned = planSpeech(read.document, { abilities: ['effect'] });
  if (planned.kind === 'refused') throw new Error(planned.message);
  const pcmPaths: string[] = [];
  for (const [index, chunk] of planned.plan.chunks.entries()) {
    const pcmPath = join(scratch, `${index}.pcm`);
    const spoken = { chunk, settings, pcmPath, scratch, signal, ...voiceFor(chunk.language, voice) };
    const outcome = await speakChunk(spoken, {});
    if (outcome.kind !== 'spoken') throw new Error(outcome.message);
    pcmPaths.push(pcmPath);
  }
  const wavPath = join(scratch, 'joined.wav');
  const joined = await joinSpeech({ plan: planned.plan, pcmPaths, settings, wavPath, signal });
  const path = join(
    scratch,
    `speech-${settings.speechRate}-${settings.pitchRate}-${settings.volume}.${speechExtension(format)}`,
  );
  const { seconds } = joined;
  const { effect, effectValue } = read.attributes;
  const encoded = await encodeSpeech(
    {
      ...{ wavPath, seconds, format, outPath: path, scratch, signal },
      ...{ sampleRate: settings.sampleRate, volume: settings.volume },
      ...(effect !== undefined && { effect }),
      ...(effectValue !== undefined && { effectValue }),
    },
    {},
  );
  if (encoded.kind !== 'done') throw new Error(encoded.message);
  return { ...joined, path };
}

function voiceFor(language: string, voice: string): { engine: TtsEngine; voice: string } {
  const isFlite = voice.startsWith('flite:');
  if (isFlite && language === 'en') return { engine: fliteEngine, voice };
  const name = `espeak-ng:${NAMES[language] ?? language}`;
  return { engine: espeakEngine, voice: voice.startsWith(name) ? voice : name };
}
