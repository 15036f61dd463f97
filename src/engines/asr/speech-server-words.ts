import type { ServerWords } from '../http/server-failure.ts';

export function speechServerWords(baseUrl: string): ServerWords {
  return {
    server: `The speech server ${new URL(baseUrl).host}`,
    call: 'POST /v1/audio/transcriptions',
    sent: 'recording',
    url: 'SMARTJOBS_ASR_URL',
    key: 'SMARTJOBS_ASR_API_KEY',
    model: 'SMARTJOBS_ASR_MODEL',
    pathHint: '; whisper.cpp wants --inference-path /v1/audio/transcriptions',
    refusalHint: ' and the Language',
  };
}
