import { join } from 'node:path';
import type { EngineAvailability } from '../engine-availability.ts';
import { SPEECH_SAMPLE_RATE, writeSpeechWav } from '../media/speech-wav.ts';
import { detectSpeech } from './voice-activity.ts';

/**
 * For the doctor: listens to a tenth of a second of silence, so that the child process, the addon and the model are
 * known to work together on this machine.
 */
export async function voiceActivityAvailability(scratch: string): Promise<EngineAvailability> {
  const wavPath = join(scratch, 'silence.wav');
  await writeSpeechWav(wavPath, new Float32Array(SPEECH_SAMPLE_RATE / 10));
  const outcome = await detectSpeech({
    wavPath,
    seconds: 0.1,
    scratch,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (outcome.kind === 'detected') return { kind: 'ready', version: 'v5', detail: 'Silero, by sherpa-onnx' };
  const reason = `${outcome.message} ${outcome.detail.trim().split('\n').at(-1) ?? ''}`.trim();
  return { kind: 'missing', reason, remedy: 'Install the npm packages anew: npm ci' };
}
