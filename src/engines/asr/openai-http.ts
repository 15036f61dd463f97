import { fetch } from 'undici';
import type { EngineAvailability } from '../engine-availability.ts';
import { cutSpeechWav } from '../media/speech-wav.ts';
import { speechSeconds, type SpeechSegment } from '../vad/speech-segments.ts';
import type { AsrEngine, AsrOutcome, AsrRequest, TimedWord } from './asr-engine.ts';
import { primaryLanguage } from './choose-engine.ts';
import { transcribe, transcriptionsUrl, type SpeechServerSettings } from './speech-server.ts';
import { wordsOfAnswer } from './transcription-answer.ts';
import { uploadWindows } from './upload-windows.ts';

/**
 * Any server that speaks the OpenAI convention, POST /v1/audio/transcriptions: speaches, LocalAI, whisper.cpp, vLLM.
 * It is sent 16 kHz WAV, which all of them read, and only the parts where somebody speaks. Which languages it knows
 * only the server can say, so it takes every job.
 */
export function openAiHttp(settings: SpeechServerSettings): AsrEngine {
  return {
    name: `speech server ${new URL(settings.baseUrl).host}`,
    takesHotwords: false,
    supports: () => true,
    recognize: async (request) => await recognize(request, settings),
    availability: async () => await askServer(settings),
  };
}

async function recognize(request: AsrRequest, settings: SpeechServerSettings): Promise<AsrOutcome> {
  const { wavPath, speech, signal, onProgress } = request;
  const language = request.language === undefined ? undefined : primaryLanguage(request.language);
  const windows = uploadWindows(speech);
  const total = speechSeconds(windows);
  const words: TimedWord[] = [];
  for (const [index, window] of windows.entries()) {
    onProgress(speechSeconds(windows.slice(0, index)) / total);
    const wav = await cutSpeechWav(wavPath, window.from, window.to);
    const seconds = window.to - window.from;
    const answer = await transcribe(
      { wav, seconds, signal, ...(language !== undefined && { language }) },
      settings,
    );
    if (answer.kind !== 'answered') return answer;
    const found = wordsOfAnswer(answer.json, window, inside(speech, window));
    if (found === undefined) return notATranscript(settings, answer.json);
    words.push(...found);
  }
  return { kind: 'recognized', words };
}

function inside(speech: readonly SpeechSegment[], window: SpeechSegment): SpeechSegment[] {
  return speech.filter(({ from, to }) => from >= window.from && to <= window.to);
}

function notATranscript(settings: SpeechServerSettings, json: unknown): AsrOutcome {
  const { host } = new URL(settings.baseUrl);
  const message = `The speech server ${host} answered JSON that holds no transcript. Is SMARTJOBS_ASR_URL right?`;
  return { kind: 'failed', message, detail: JSON.stringify(json).slice(0, 500) };
}

/** Any HTTP answer says that the server is up; only a recording could say more. */
async function askServer(settings: SpeechServerSettings): Promise<EngineAvailability> {
  const url = transcriptionsUrl(settings.baseUrl);
  try {
    const response = await fetch(url, { method: 'OPTIONS', signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return { kind: 'ready', version: '', detail: `${url} (model ${settings.model})` };
  } catch {
    const reason = `The speech server at ${new URL(url).host} does not answer.`;
    return { kind: 'missing', reason, remedy: 'Start it, or correct SMARTJOBS_ASR_URL.' };
  }
}
