import { isPassing } from './passing-status.ts';
import type { Posted } from './post-once.ts';

/** How messages call a server, and what they tell the operator to look at. */
export type ServerWords = {
  /** `The speech server localhost:8000`: without path, user name or password. */
  readonly server: string;
  /** `POST /v1/audio/transcriptions`. */
  readonly call: string;
  /** What is sent: `recording`, `text`. */
  readonly sent: string;
  /** The settings' names. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
  /** Beyond the settings, where a server has no such path. '' = none. */
  readonly pathHint: string;
  /** Beyond the model, where the server refuses what was sent. '' = none. */
  readonly refusalHint: string;
};

export type ServerFailure =
  /** The message names the remedy. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** `detail` is for the log: what the server said. */
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** What a request that got no usable answer means for the job. */
export function judgeFailure(
  posted: Exclude<Posted, { kind: 'body' }>,
  words: ServerWords,
  timeLimit: number,
): ServerFailure {
  const { server, url } = words;
  switch (posted.kind) {
    case 'status':
      return judgeStatus(posted, words);
    case 'timed-out':
      return failed(`${server} gave no answer in ${timeLimit} seconds.`, 'time limit');
    case 'answer-too-large':
      return failed(`${server} answered more than 32 MiB. Is ${url} right?`, 'answer over the limit');
    case 'broken':
      return unavailable(
        `${server} could not be reached${posted.code === undefined ? '' : ` (${posted.code})`}. ` +
          `Start it, or correct ${url}.`,
      );
  }
}

export function notJson(text: string, { server, url }: ServerWords): ServerFailure {
  return failed(`${server} answered something that is not JSON. Is ${url} right?`, text.slice(0, 500));
}

function judgeStatus(
  { status, detail, location }: Extract<Posted, { kind: 'status' }>,
  words: ServerWords,
): ServerFailure {
  const { server, call, sent, url, key, model } = words;
  if (status >= 300 && status < 400) return unavailable(redirected(status, location, words));
  if (status === 401 || status === 403) {
    return unavailable(`${server} refused the API key (${status}). Set ${key}.`);
  }
  if ([404, 405, 501].includes(status)) {
    return unavailable(`${server} answered ${status} to ${call}. Check ${url} and ${model}${words.pathHint}.`);
  }
  if (isPassing(status)) {
    const message = `${server} answered ${status}, again and again. Retry the job when that server is well.`;
    return failed(message, detail);
  }
  return failed(`${server} refused the ${sent} (${status}). Check ${model}${words.refusalHint}.`, detail);
}

/** Only the host is told: path and query can hold what is nobody's business. */
function redirected(status: number, location: string | undefined, { server, sent, url }: ServerWords): string {
  const target = location !== undefined && URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
  return (
    `${server} answered with a redirect (${status})${target}. A ${sent} is sent only to the address that is ` +
    `configured: set ${url} to the one that answers.`
  );
}

function failed(message: string, detail: string): ServerFailure {
  return { kind: 'failed', message, detail };
}

function unavailable(message: string): ServerFailure {
  return { kind: 'unavailable', message };
}
