import type { SpeechFormat } from '../engines/tts/audio/encode-speech.ts';
import type { SpeechSettings } from '../engines/tts/audio/speech-settings.ts';
import { readSpeech } from '../engines/tts/plan/plan-speech.ts';
import type { SpeechFault } from '../engines/tts/plan/speech-plan.ts';
import type { SpeakAttributes, SpeechDocument } from '../engines/tts/ssml/ssml-tree.ts';
import { ttsEditingConfig } from './tts-editing-config.ts';

/** What is to be spoken, and how: what the attributes of `<speak>` say goes before EditingConfig. */
export type SpeechRequest = Omit<SpeechSettings, 'sampleRate'> & {
  readonly document: SpeechDocument;
  /** As it was named; empty = none was. */
  readonly voice: string;
  /** Where it was named, for messages. */
  readonly voiceField: 'EditingConfig.voice' | 'InputConfig';
  readonly format: SpeechFormat;
  /** Hertz; undefined = as the voice speaks. */
  readonly sampleRate: number | undefined;
} & Pick<SpeakAttributes, 'effect' | 'effectValue'>;

/**
 * Reads the parameters of a speech job.
 * @param editingConfig as the parameter table has checked it; one that breaks its rules is a fault of ours and throws
 */
export function readSpeechRequest(
  text: string,
  editingConfig: string,
): { readonly kind: 'request'; readonly request: SpeechRequest } | SpeechFault {
  const read = readSpeech(text);
  if (read.kind === 'refused') return read;
  const { document, attributes } = read;
  const config = ttsEditingConfig.parse(JSON.parse(editingConfig || '{}'));
  const { effect, effectValue } = attributes;
  return {
    kind: 'request',
    request: {
      document,
      voice: attributes.voice ?? config.voice?.trim() ?? '',
      voiceField: attributes.voice === undefined ? 'EditingConfig.voice' : 'InputConfig',
      format: attributes.encodeType ?? config.format ?? 'MP3',
      volume: attributes.volume ?? config.volume ?? 50,
      speechRate: attributes.rate ?? config.speech_rate ?? 0,
      pitchRate: attributes.pitch ?? config.pitch_rate ?? 0,
      sampleRate: attributes.sampleRate ?? config.sample_rate,
      ...(effect !== undefined && { effect }),
      ...(effectValue !== undefined && { effectValue }),
    },
  };
}
