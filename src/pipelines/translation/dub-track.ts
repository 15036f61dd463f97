import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fitLines, type FitRules, type Placement } from '../../engines/dub/fit-lines.ts';
import type { JobFailureCode } from '../../jobs/job-failure.ts';
import { isLeftAsItIs } from '../../engines/dub/song-marks.ts';
import type { PipelineRun } from '../pipeline.ts';
import { failed } from '../step-outcomes.ts';
import type { StepFailure } from '../steps.ts';
import { KeptSounds } from './dub-kept.ts';
import { mixTheDub, type PlacedLine } from './dub-mix.ts';
import type { DriftRow, DubLine, DubOutcome, DubParts, DubRequest } from './dub-request.ts';
import { fitLinesOf, shortenLines, type SpokenLine } from './dub-shorten.ts';
import { sayLine, type DubWork } from './dub-speak.ts';
import { castDub, type DubCast } from './dub-voices.ts';
import { LeftLines, type WhyLeft } from './dub-warnings.ts';

/** Of the whole, by what was measured with flite and espeak-ng; a neural voice takes nearly all of it. */
const SPEAKING = 0.7;

type Cast = Extract<DubCast, { readonly kind: 'cast' }>;

/**
 * The sound of a recording in another language: each line spoken in the time of its source, over the original. A
 * line that cannot be spoken keeps its original sound; only where none can be spoken is that a failure. What was
 * spoken is kept for the next run. Several languages of a job take turns.
 * Throws the signal's reason when aborted.
 */
export async function dubTrack(run: PipelineRun, parts: DubParts, request: DubRequest): Promise<DubOutcome> {
  const cast = castDub(request, parts.synthesis.voices);
  if (cast.kind === 'no-voice') return failed('VoiceUnavailable', cast.message);
  const folder = join(run.scratch, `dub-${request.target}`);
  await mkdir(folder, { recursive: true });
  try {
    const kept = await KeptSounds.open(run, parts.workFiles);
    return await dub({ run, parts, target: request.target, kept, folder }, request, cast);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function dub(work: DubWork, request: DubRequest, cast: Cast): Promise<DubOutcome> {
  const left = new LeftLines(request.lines);
  const first = await speakLines(work, request, cast, left);
  if (first.every((line) => line === undefined) && left.last !== undefined) return nothingSpoken(left.last);
  const rules: FitRules = { total: request.totalSeconds, bound: request.bound };
  const spoken = await shortenLines(work, request, first, rules);
  const placed = fitLines(fitLinesOf(request, spoken), rules).flatMap((placement): PlacedLine[] => {
    const line = spoken[placement.index];
    return line === undefined ? [] : [{ line, placement }];
  });
  const mixed = await mixTheDub(work, request, placed, left, (fraction) =>
    request.onProgress(SPEAKING + (1 - SPEAKING) * fraction),
  );
  if (mixed.kind === 'failed') return mixed;
  if (mixed.placed.length === 0 && left.last !== undefined) return nothingSpoken(left.last);
  return {
    kind: 'dubbed',
    wavPath: request.wavPath,
    report: mixed.placed.map(({ line, placement }) => driftRow(request.lines, line, placement)),
    warnings: [...cast.warnings, ...(request.skipSong ? [SONG_WARNING] : []), ...left.warnings()],
    voices: [...new Set(cast.voices.map(({ voice }) => voice.id))],
  };
}

function nothingSpoken({ code, reason }: WhyLeft): StepFailure {
  return failed(code, `Not one line could be spoken. ${reason}`);
}

const SONG_WARNING =
  'SkipSong leaves lines that are marked as sung (♪, or # at both ends). Singing that nobody marked is not told from speech.';

/** @returns for each line what is spoken of it; undefined where it keeps its original sound */
async function speakLines(
  work: DubWork,
  { lines, skipSong, onProgress }: DubRequest,
  cast: Cast,
  left: LeftLines,
): Promise<(SpokenLine | undefined)[]> {
  const spoken: (SpokenLine | undefined)[] = [];
  /** Voices whose engine is gone: it is not asked again for each of a thousand lines. */
  const gone = new Map<string, { readonly code: JobFailureCode; readonly reason: string }>();
  for (const [index, line] of lines.entries()) {
    onProgress((SPEAKING * index) / lines.length);
    const voice = cast.voiceOf(line);
    const text = line.translated;
    if (text === undefined || isLeftAsItIs(line.text, skipSong)) {
      spoken.push(undefined);
      continue;
    }
    const wavPath = join(work.folder, `${index}.wav`);
    const name = `dub ${work.target} ${index}`;
    const lost = gone.get(voice.voice.id);
    const said =
      lost === undefined
        ? await sayLine(work, { name, text, voice, wavPath })
        : { kind: 'unsaid' as const, ...lost };
    if (said.kind === 'said') {
      spoken.push({ index, text, seconds: said.seconds, voice, wavPath, isShortened: false });
      continue;
    }
    if (said.code === 'EngineUnavailable') gone.set(voice.voice.id, said);
    left.add(index, said);
    spoken.push(undefined);
  }
  return spoken;
}

function driftRow(lines: readonly DubLine[], { text, isShortened }: SpokenLine, placement: Placement): DriftRow {
  const { index, start, tempo, seconds, overflow, cut } = placement;
  return {
    index,
    sourceStart: milliseconds(lines[index]?.from ?? 0),
    dubStart: milliseconds(start),
    dubEnd: milliseconds(start + seconds),
    tempo: milliseconds(tempo),
    overflow: milliseconds(overflow),
    cut: milliseconds(cut),
    ...(isShortened && { shortened: text }),
  };
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
