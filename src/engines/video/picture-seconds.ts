import type { MediaTools } from '../media/media-tools.ts';
import { runDecoder } from '../media/run-decoder.ts';
import { UNTRUSTED_INPUT } from '../media/untrusted-input.ts';
import type { ProbeSurroundings } from '../media/run-probe.ts';

/** Seconds: of what declares no length, as many are looked through. */
const LONGEST = 12 * 3600;

/**
 * How long the pictures of a recording go on that declares no length, as what a browser records: the container is read
 * from end to end, and nothing is decoded. Undefined where it cannot be read.
 * Throws the signal's reason when aborted.
 * @param path a local file; its name is not looked at
 * @returns seconds, right to the length of a picture
 */
export async function pictureSeconds(
  path: string,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<number | undefined> {
  let seconds = 0;
  await runDecoder(
    {
      args: [
        ...['-v', 'error', '-nostdin', '-progress', 'pipe:1', ...UNTRUSTED_INPUT, '-i', `file:${path}`],
        ...['-map', '0:v:0', '-c', 'copy', '-f', 'null', '-t', String(LONGEST), '-'],
      ],
      ...{ path, seconds: 0, maxBytes: 0, ...surroundings },
      onSeconds: (until) => {
        seconds = until;
      },
    },
    tools,
  );
  return seconds > 0 ? seconds : undefined;
}
