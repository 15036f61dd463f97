import { z } from 'zod';
import type { MediaTools } from './media-tools.ts';
import { declaredSeconds, runProbe, type ProbeFailure, type ProbeSurroundings } from './run-probe.ts';

export type ProbeOutcome =
  /** `seconds` is the length that the container declares; undefined where it declares none (a stream's dump). */
  { readonly kind: 'probed'; readonly hasAudio: boolean; readonly seconds: number | undefined } | ProbeFailure;

const reportShape = z.object({
  streams: z.array(z.object({ codec_type: z.string().optional() })).optional(),
  format: z.object({ duration: z.string().optional() }).optional(),
});

/**
 * Whether a file has sound, and how long it is.
 * Throws the signal's reason when aborted.
 * @param path a local file; its name is not looked at
 */
export async function probeMedia(
  path: string,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<ProbeOutcome> {
  const outcome = await runProbe(path, 'format=duration:stream=codec_type', tools, surroundings);
  if (outcome.kind !== 'report') return outcome;
  const { streams = [], format } = reportShape.parse(outcome.report);
  const length = declaredSeconds(format?.duration);
  if (length.kind !== 'length') return length;
  const hasAudio = streams.some((stream) => stream.codec_type === 'audio');
  return { kind: 'probed', hasAudio, seconds: length.seconds };
}
