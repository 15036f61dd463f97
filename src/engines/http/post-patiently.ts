import { setTimeout as sleepFor } from 'node:timers/promises';
import { isPassing } from './passing-status.ts';
import { postOnce, type Posted, type ServerPost } from './post-once.ts';
import { RetryPauses } from './retry-pauses.ts';

/** Waits so many milliseconds. Rejects when aborted, or returns. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

/**
 * Posts again and again, with growing pauses, while the server is busy or the connection breaks. Throws the signal's
 * reason when aborted.
 * @param sleep for tests
 */
export async function postPatiently(post: ServerPost, sleep: Sleep = sleepAbortably): Promise<Posted> {
  const pauses = new RetryPauses();
  for (;;) {
    const posted = await postOnce(post);
    if (!mayPass(posted)) return posted;
    const pause = pauses.next(posted.kind === 'status' ? posted.retryAfter : undefined);
    if (pause === undefined) return posted;
    await sleep(pause, post.signal);
    post.signal.throwIfAborted();
  }
}

/** Never mends itself: the name is unknown, or the certificate is not trusted. */
const LASTING = /^(ENOTFOUND|ERR_TLS|ERR_INVALID|.*CERT)/;

function mayPass(posted: Posted): boolean {
  if (posted.kind === 'broken') return !LASTING.test(posted.code ?? '');
  if (posted.kind !== 'status') return false;
  return isPassing(posted.status);
}

async function sleepAbortably(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Rejects with an error of its own, where the signal's reason is what callers know.
  await sleepFor(milliseconds, undefined, { signal }).catch(() => undefined);
}
