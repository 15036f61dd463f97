import { duckTimes } from '../../engines/dub/duck-times.ts';
import type { Placement } from '../../engines/dub/fit-lines.ts';
import { mixDub, type MixLine } from '../../engines/dub/mix-dub.ts';
import { shapeLine } from '../../engines/dub/shape-line.ts';
import { failed } from '../step-outcomes.ts';
import type { StepFailure } from '../steps.ts';
import type { DubRequest } from './dub-request.ts';
import type { SpokenLine } from './dub-shorten.ts';
import type { DubWork } from './dub-speak.ts';
import type { LeftLines } from './dub-warnings.ts';

/** A spoken line and where it is heard. */
export type PlacedLine = { readonly line: SpokenLine; readonly placement: Placement };

/** Of the time that both take: a line that keeps its tempo takes none. */
const SHAPING = 0.5;
/** Seconds. Less of a line is a noise. */
const LEAST_HEARD = 0.1;

/** Brings the lines to their tempo and mixes them over the original. @returns the lines that are heard */
export async function mixTheDub(
  work: DubWork,
  request: DubRequest,
  placed: readonly PlacedLine[],
  left: LeftLines,
  onProgress: (fraction: number) => void,
): Promise<StepFailure | { readonly kind: 'mixed'; readonly placed: readonly PlacedLine[] }> {
  const heard: (PlacedLine & MixLine)[] = [];
  for (const [done, one] of placed.entries()) {
    onProgress((SHAPING * done) / placed.length);
    const line = await shaped(work, one, left);
    if (line !== undefined) heard.push({ ...one, ...line });
  }
  const isHeard = new Set(heard.map(({ placement }) => placement.index));
  const { lines, speech, bound, originalAudio, totalSeconds, wavPath } = request;
  const { run } = work;
  const outcome = await mixDub({
    ...{ originalAudio, totalSeconds, wavPath, speech, lines: heard },
    ducked: duckTimes({
      speech,
      replaced: lines.filter((_, index) => isHeard.has(index)),
      kept: lines.filter((_, index) => !isHeard.has(index)),
      dub: heard.map(({ placement: { start, seconds } }) => ({ from: start, to: start + seconds })),
      bound,
    }),
    ...{ scratch: run.scratch, signal: run.signal },
    onProgress: (fraction) => onProgress(SHAPING + (1 - SHAPING) * fraction),
  });
  if (outcome.kind === 'mixed') return { kind: 'mixed', placed: heard };
  run.log.warn({ detail: outcome.detail }, 'mixing failed');
  return failed('EngineFailed', `${outcome.message} RetrySmartJob goes on there.`);
}

async function shaped(
  { run, parts, folder }: DubWork,
  { line, placement }: PlacedLine,
  left: LeftLines,
): Promise<MixLine | undefined> {
  const { index, wavPath, voice } = line;
  if (placement.seconds < LEAST_HEARD) {
    left.add(index, { code: 'TextUnspeakable', reason: 'There is no time left for it in the recording.' });
    return undefined;
  }
  const { signal } = run;
  const outcome = await shapeLine({ wavPath, placement, scratch: folder, signal }, parts.media);
  if (outcome.kind === 'shaped') {
    return { wavPath, start: placement.start, voice: `${voice.voice.id} ${voice.pitchFactor}` };
  }
  if (outcome.kind === 'failed') run.log.warn({ detail: outcome.detail }, 'a line could not be shaped');
  left.add(index, { code: 'EngineFailed', reason: outcome.message });
  return undefined;
}
