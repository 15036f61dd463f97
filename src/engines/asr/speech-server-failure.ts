import type { Posted } from './post-recording.ts';

export type SpeechServerFailure =
  /** The message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log: what the server said. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** What a request that got no transcript means for the job. */
export function judgeFailure(
  posted: Exclude<Posted, { kind: 'body' }>,
  baseUrl: string,
  timeLimit: number,
): SpeechServerFailure {
  const server = nameOf(baseUrl);
  switch (posted.kind) {
    case 'status':
      return judgeStatus(posted, server);
    case 'timed-out':
      return failed(`${server} gave no answer in ${timeLimit} seconds.`, 'time limit');
    case 'answer-too-large':
      return failed(`${server} answered more than 32 MiB. Is SMARTJOBS_ASR_URL right?`, 'answer over the limit');
    case 'broken':
      return unavailable(
        `${server} could not be reached${posted.code === undefined ? '' : ` (${posted.code})`}. ` +
          'Start it, or correct SMARTJOBS_ASR_URL.',
      );
  }
}

export function notJson(text: string, baseUrl: string): SpeechServerFailure {
  const message = `${nameOf(baseUrl)} answered something that is not JSON. Is SMARTJOBS_ASR_URL right?`;
  return failed(message, text.slice(0, 500));
}

/** Without path, user name or password. */
export function nameOf(baseUrl: string): string {
  return `The speech server ${new URL(baseUrl).host}`;
}

function judgeStatus(
  { status, detail, location }: Extract<Posted, { kind: 'status' }>,
  server: string,
): SpeechServerFailure {
  if (status >= 300 && status < 400) return unavailable(redirected(status, location, server));
  if (status === 401 || status === 403) {
    return unavailable(`${server} refused the API key (${status}). Set SMARTJOBS_ASR_API_KEY.`);
  }
  if (status === 404 || status === 405) {
    return unavailable(
      `${server} answered ${status} to POST /v1/audio/transcriptions. Check SMARTJOBS_ASR_URL and ` +
        'SMARTJOBS_ASR_MODEL; whisper.cpp wants --inference-path /v1/audio/transcriptions.',
    );
  }
  if (status === 429 || status >= 500) {
    const message = `${server} answered ${status}, again and again. Retry the job when that server is well.`;
    return failed(message, detail);
  }
  const message = `${server} refused the recording (${status}). Check SMARTJOBS_ASR_MODEL and the Language.`;
  return failed(message, detail);
}

/** Only the host is told: path and query can hold what is nobody's business. */
function redirected(status: number, location: string | undefined, server: string): string {
  const target = location !== undefined && URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
  return (
    `${server} answered with a redirect (${status})${target}. Recordings are sent only to the address that is ` +
    'configured: set SMARTJOBS_ASR_URL to the one that answers.'
  );
}

function failed(message: string, detail: string): SpeechServerFailure {
  return { kind: 'failed', message, detail };
}

function unavailable(message: string): SpeechServerFailure {
  return { kind: 'unavailable', message };
}
