import { Agent, fetch, type FormData, type Response } from 'undici';
import { retryAfterMs } from './retry-pauses.ts';

export type ServerPost = {
  readonly url: string;
  readonly apiKey: string | undefined;
  /** A form, or the text of a JSON document. */
  readonly body: FormData | string;
  /** Seconds until the whole answer must be here. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
};

export type Posted =
  | { readonly kind: 'body'; readonly text: string }
  /** Any other status than 2xx. `detail` is the beginning of the body, `location` where a redirect leads. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly detail: string;
      readonly retryAfter: number | undefined;
      readonly location: string | undefined;
    }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'answer-too-large' }
  /** The connection could not be made, or broke. `code` is that of Node.js or of undici. */
  | { readonly kind: 'broken'; readonly code: string | undefined };

/** Our own time limit decides, not undici's default of 300 s: a slow server on CPU may think longer. */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
const ANSWER_LIMIT = 32 * 1024 * 1024;
const DETAIL_LENGTH = 500;

/**
 * One POST to a server that the operator configured. Redirects are answers here: followed, they would take what is
 * sent, and the key, to an address that nobody configured. Throws the signal's reason when aborted.
 */
export async function postOnce({ url, apiKey, body: sent, timeLimit, signal }: ServerPost): Promise<Posted> {
  const limit = AbortSignal.timeout(timeLimit * 1000);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: sent,
      redirect: 'manual',
      headers: {
        ...(typeof sent === 'string' && { 'content-type': 'application/json' }),
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      signal: AbortSignal.any([signal, limit]),
      dispatcher: agent,
    });
    const body = await readBounded(response);
    if (body === undefined) return { kind: 'answer-too-large' };
    const text = withoutKey(body, apiKey);
    return response.ok ? { kind: 'body', text } : refused(response, text);
  } catch (error) {
    signal.throwIfAborted();
    return limit.aborted ? { kind: 'timed-out' } : { kind: 'broken', code: codeOf(error) };
  }
}

function refused({ status, headers }: Response, text: string): Posted {
  return {
    kind: 'status',
    status,
    detail: text.slice(0, DETAIL_LENGTH),
    retryAfter: retryAfterMs(headers, Date.now()),
    location: headers.get('location') ?? undefined,
  };
}

/** Undefined where the body is over the limit; compressed ones count by what they unfold to. */
async function readBounded(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    // Leaving the loop closes the connection.
    if (size > ANSWER_LIMIT) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** fetch says `fetch failed` or `terminated`; the code stands in what caused it. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause as NodeJS.ErrnoException | undefined)?.code;
}

/** Some servers tell back the key that they refuse; parts of an answer go into logs. No word is a key of 8. */
function withoutKey(body: string, apiKey: string | undefined): string {
  return apiKey === undefined || apiKey.length < 8 ? body : body.replaceAll(apiKey, '***');
}
