import { join } from 'node:path';
import { assertNever } from '../../base/assert-never.ts';
import { detextAreas, type DetextArea } from '../../engines/ocr/detext-areas.ts';
import { paintOver } from '../../engines/ocr/paint-over.ts';
import { textsIn } from '../../engines/subtitles/translated-cues.ts';
import { checkVideo } from '../../engines/video/check-video.ts';
import type { FrameSize } from '../../engines/video/compose-request.ts';
import { composeVideo } from '../../engines/video/compose-video.ts';
import { drawSubtitles } from '../../engines/video/draw-subtitles.ts';
import type { PictureTrack } from '../../engines/video/probe-video.ts';
import { done, failed } from '../step-outcomes.ts';
import type { StepOutcome } from '../steps.ts';
import { cuesOf } from './target-files.ts';
import type { TranslationSettings } from './translation-settings.ts';
import type { CurrentTarget, Translating } from './translation-work.ts';

export type MadeVideo = { readonly path: string; readonly warnings: readonly string[] };

/** The video of a target: its sound, its subtitles, and the text of the picture painted over where that was asked. */
export async function targetVideo(
  work: Translating,
  { target, lines, dub }: CurrentTarget,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<MadeVideo>> {
  const { run, settings, source, probed } = work;
  const { scratch, signal } = run;
  const { language } = target;
  if (probed?.video === undefined) throw new Error('a video has a picture');
  const size = outputSize(settings.output, probed.video);
  const order = settings.bilingual ? 'BilingualSrtSrcFirst' : 'TargetSrt';
  const ass = await drawSubtitles(`${language}.ass`, {
    lines: cuesOf(lines).map((cue) => ({ from: cue.from, to: cue.to, texts: textsIn(order, cue) })),
    languages: settings.bilingual ? [source, language] : [language],
    ...{ style: settings.subtitleStyle, size, scratch, signal },
    ...(settings.canvas !== undefined && { canvas: settings.canvas }),
  });
  return await composed(
    work,
    {
      name: language,
      size,
      ...(ass !== undefined && { ass }),
      ...(dub !== undefined && { audio: dub.wavPath }),
    },
    onProgress,
  );
}

/** The source without its burned-in text. */
export async function detextedVideo(
  work: Translating,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<MadeVideo>> {
  if (work.probed?.video === undefined) throw new Error('a video has a picture');
  const size = outputSize(work.settings.output, work.probed.video);
  return await composed(work, { name: 'detext', size }, onProgress);
}

type Composition = {
  /** Of the file, ours. */
  readonly name: string;
  readonly size: FrameSize;
  readonly ass?: string;
  readonly audio?: string;
};

async function composed(
  { run, parts, mediaPath, probed, settings, burned }: Translating,
  { name, size, ass, audio }: Composition,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<MadeVideo>> {
  const { scratch, signal, log } = run;
  if (mediaPath === undefined || probed?.video === undefined) throw new Error('a video has a picture');
  const path = join(scratch, `${name}.mp4`);
  const areas = areasOf(settings, burned);
  const outcome = await composeVideo(
    {
      ...{ path: mediaPath, probed, size, outPath: path, scratch, signal, onProgress },
      ...(audio !== undefined && { audio }),
      ...(ass !== undefined && { ass }),
      ...(areas.length > 0 && { filters: paintOver(areas, probed.video) }),
    },
    parts.media,
  );
  switch (outcome.kind) {
    case 'composed':
      break;
    case 'unavailable':
      return failed('EngineUnavailable', outcome.message);
    case 'failed':
      log.warn({ detail: outcome.detail }, 'making the video failed');
      return failed('EngineFailed', `${outcome.message} RetrySmartJob goes on there.`);
    default:
      return assertNever(outcome);
  }
  const hasAudio = audio !== undefined || probed.audio !== undefined;
  const { seconds, brokenOff, video } = probed;
  const expected = { seconds, brokenOff, frameRate: video.frameRate, size, hasAudio };
  const fault = await checkVideo(path, expected, parts.media, run);
  if (fault !== undefined) {
    log.warn({ fault }, 'the video is not as it should be');
    return failed('EngineFailed', 'The video that was made is not as it should be. RetrySmartJob makes it again.');
  }
  return done({ path, warnings: outcome.undrawn.length === 0 ? [] : [undrawn(name, outcome.undrawn)] });
}

function areasOf({ detext }: TranslationSettings, burned: Translating['burned']): DetextArea[] {
  if (detext === undefined) return [];
  return detext === 'Auto' ? detextAreas({ lines: burned }) : detextAreas({ areas: detext });
}

/** Of the side that follows the other one, in pixels: of a picture that is very long, the rest is black. */
const LONGEST_SIDE = 4096;

/** Of a width or a height alone the other follows; even, since half of the colour's samples are kept. */
function outputSize({ width, height }: TranslationSettings['output'], picture: PictureTrack): FrameSize {
  const even = (pixels: number): number => Math.max(2, 2 * Math.round(pixels / 2));
  const shape = picture.width / picture.height;
  const follows = (pixels: number): number => Math.min(LONGEST_SIDE, pixels);
  return {
    width: even(width ?? (height === undefined ? picture.width : follows(height * shape))),
    height: even(height ?? (width === undefined ? picture.height : follows(width / shape))),
  };
}

function undrawn(language: string, characters: readonly string[]): string {
  const some = characters.slice(0, 20).join(' ');
  return `No font here has these characters of the subtitles (${language}), which stand as boxes: ${some}`;
}
