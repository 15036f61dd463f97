import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { MediaTools } from '../engines/media/media-tools.ts';
import { encodeSpeech } from '../engines/tts/audio/encode-speech.ts';
import { joinSpeech } from '../engines/tts/audio/join-speech.ts';
import { speakChunk } from '../engines/tts/audio/speak-chunk.ts';
import { planSpeech, readSpeech } from '../engines/tts/plan/plan-speech.ts';
import type { TtsEngine } from '../engines/tts/tts-engine.ts';
import type { AvailableVoice } from '../engines/tts/voices/available-voice.ts';
import { primaryLanguage } from '../engines/tts/voices/spoken-language.ts';

type SampleRequest = {
  readonly voice: AvailableVoice;
  readonly engine: TtsEngine;
  readonly scratch: string;
  readonly signal: AbortSignal;
};

const TEXTS: Readonly<Record<string, string>> = {
  en: 'Hello. This is how I read a text to you.',
  zh: '你好，我就是这样朗读的。',
  yue: '你好，我就是这样朗读的。',
  ja: 'こんにちは。このように読みます。',
};

/** A voice introduces itself, as MP3. Undefined where it cannot. */
export async function makeVoiceSample(
  { voice, engine, scratch, signal }: SampleRequest,
  tools: MediaTools,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const language = primaryLanguage(voice.languages[0] ?? 'en');
  const read = readSpeech(TEXTS[language] ?? ownName(language));
  const planned = read.kind === 'read' ? planSpeech(read.document, { language }) : read;
  if (planned.kind !== 'planned') return undefined;
  const { plan } = planned;
  const settings = { speechRate: 0, pitchRate: 0, sampleRate: voice.sampleRate };
  const pcmPaths: string[] = [];
  for (const [index, { spoken }] of plan.chunks.entries()) {
    const pcmPath = join(scratch, `${index}.pcm`);
    const chunk = { spoken, language };
    const outcome = await speakChunk({ chunk, engine, voice: voice.id, settings, pcmPath, scratch, signal }, tools);
    if (outcome.kind !== 'spoken') return undefined;
    pcmPaths.push(pcmPath);
  }
  const [wavPath, outPath] = [join(scratch, 'sample.wav'), join(scratch, 'sample.mp3')];
  const { seconds } = await joinSpeech({ plan, pcmPaths, settings, wavPath, signal });
  const { sampleRate } = voice;
  const encoded = await encodeSpeech(
    { wavPath, seconds, sampleRate, format: 'MP3', volume: 50, outPath, scratch, signal },
    tools,
  );
  return encoded.kind === 'done' ? createReadStream(outPath) : undefined;
}

/** The language's name for itself, and it counts to five: what every language has. */
function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  return `${name}: 1, 2, 3, 4, 5.`;
}
