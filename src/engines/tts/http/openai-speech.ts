import { join } from 'node:path';
import { fetch } from 'undici';
import type { EngineAvailability } from '../../engine-availability.ts';
import { UNTRUSTED_INPUT } from '../../media/untrusted-input.ts';
import type { MediaTools } from '../../media/media-tools.ts';
import { readPcmWav } from '../audio/pcm-wav.ts';
import { runFfmpeg } from '../audio/run-ffmpeg.ts';
import { pcmSeconds } from '../audio/speech-span.ts';
import type { TtsEngine, TtsOutcome, TtsRequest } from '../tts-engine.ts';
import type { AvailableVoice } from '../voices/available-voice.ts';
import { askForSpeech, speechUrl, type SpeechApiSettings } from './speech-answer.ts';

/** Hertz: what the servers of this kind make. */
const SAMPLE_RATE = 24_000;
/** Bytes of three minutes at 48 kHz. */
const LARGEST_WAV = 180 * 96_000;

/**
 * Any server that speaks POST /v1/audio/speech: Kokoro-FastAPI, speaches, LocalAI, openedai-speech. Its `speed` is not
 * used, since servers follow it as they like; the speed is set on the samples.
 */
export function openAiSpeech(settings: SpeechApiSettings, tools: MediaTools): TtsEngine {
  const name = `speech server ${new URL(settings.baseUrl).host}`;
  const prefix = 'http:';
  return {
    name,
    followsRate: 'never',
    voices: async () => settings.voices.map((voice) => available(prefix + voice, name, voice)),
    synthesize: async (request) => await synthesize(request, request.voice.slice(prefix.length), settings, tools),
    availability: async () => await askServer(settings),
  };
}

/** Which languages a voice knows only the server can say: `mul`, several. */
function available(id: string, engine: string, name: string): AvailableVoice {
  return { id, engine, name, languages: ['mul'], gender: 'Unknown', sampleRate: SAMPLE_RATE, quality: 4 };
}

async function synthesize(
  request: TtsRequest,
  voice: string,
  settings: SpeechApiSettings,
  tools: MediaTools,
): Promise<TtsOutcome> {
  const { spoken, wavPath, scratch, signal } = request;
  if (!settings.voices.includes(voice)) {
    return {
      kind: 'unavailable',
      message: `The speech server has no voice '${voice}'. Check SMARTJOBS_TTS_VOICES.`,
    };
  }
  if (spoken.some((piece) => piece.kind === 'pinyin')) {
    const message = 'A speech server cannot be told the pinyin of a text (<phoneme alphabet="py">).';
    return { kind: 'unsupported', message };
  }
  const audioPath = join(scratch, 'answer');
  const text = spoken.map((piece) => piece.text).join('');
  const answer = await askForSpeech({ text, voice, audioPath, signal }, settings);
  if (answer.kind !== 'answered') return answer;
  const args = [
    ...[...UNTRUSTED_INPUT, '-i', `file:${audioPath}`, '-map', '0:a:0', '-map_metadata', '-1'],
    ...['-ac', '1', '-c:a', 'pcm_s16le', '-bitexact', '-f', 'wav', `file:${wavPath}`],
  ];
  const run = { args, scratch, signal, reads: [], fileSize: LARGEST_WAV, timeLimit: 60 };
  const decoded = await runFfmpeg(run, tools);
  if (decoded.kind === 'unavailable') return decoded;
  const pcm = decoded.kind === 'done' ? await readPcmWav(wavPath) : undefined;
  if (pcm === undefined || pcm.samples.length === 0) {
    const detail = decoded.kind === 'failed' ? decoded.detail : '';
    return { kind: 'failed', message: 'The speech server answered something that is no sound.', detail };
  }
  return { kind: 'synthesized', wavPath, sampleRate: pcm.sampleRate, seconds: pcmSeconds(pcm) };
}

/** Any HTTP answer says that the server is up; only a text could say more. */
async function askServer(settings: SpeechApiSettings): Promise<EngineAvailability> {
  const url = speechUrl(settings.baseUrl);
  try {
    const response = await fetch(url, { method: 'OPTIONS', signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return { kind: 'ready', version: '', detail: `${url} (model ${settings.model})` };
  } catch {
    const reason = `The speech server at ${new URL(url).host} does not answer.`;
    return { kind: 'missing', reason, remedy: 'Start it, or correct SMARTJOBS_TTS_URL.' };
  }
}
