import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { MediaTools } from '../media/media-tools.ts';
import { runProbe, type ProbeFailure, type ProbeSurroundings } from '../media/run-probe.ts';

const streamShape = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_rate: z.string().optional(),
  channels: z.number().optional(),
  profile: z.string().optional(),
  extradata_size: z.number().optional(),
});

const reportShape = z.object({
  streams: z.array(streamShape).optional(),
  format: z.object({ start_time: z.string().optional() }).optional(),
});

export type Looked = {
  readonly kind: 'looked';
  /** Seconds: the first timestamp. */
  readonly start: number;
  readonly streams: readonly z.infer<typeof streamShape>[];
};

type LookOutcome =
  | Looked
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly message: string };

const ENTRIES = `format=start_time:stream=${Object.keys(streamShape.shape).join(',')}`;

export async function lookInto(
  path: string,
  tools: MediaTools,
  surroundings: ProbeSurroundings,
): Promise<LookOutcome> {
  const outcome = await runProbe(path, ENTRIES, tools, surroundings);
  if (outcome.kind !== 'report') return failureOf(outcome);
  const { streams = [], format } = reportShape.parse(outcome.report);
  const start = Number(format?.start_time);
  return { kind: 'looked', start: Number.isFinite(start) ? start : 0, streams };
}

function failureOf(outcome: ProbeFailure): Exclude<LookOutcome, Looked> {
  return outcome.kind === 'unavailable' ? outcome : { kind: 'unreadable', reason: outcome.reason };
}

/** Whether one can be copied behind the other: decoders are set up once, and only H.264 says anew how it is coded. */
export function agree(one: Looked, other: Looked): boolean {
  const [first, second] = [one, other].map(({ streams }) =>
    streams.map(({ profile, extradata_size: size, ...stream }) =>
      stream.codec_name === 'h264' ? stream : { ...stream, profile, size },
    ),
  );
  return isDeepStrictEqual(first, second);
}
