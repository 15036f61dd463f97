import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** With the Chinese font, which not every system has. */
const FONTS = fileURLToPath(new URL('../../assets/fonts', import.meta.url));

export type WrittenText = {
  readonly from: number;
  readonly to: number;
  /** `\n` between rows. */
  readonly text: string;
  readonly style: keyof typeof STYLES;
};

/** Pictures that move, made by ffmpeg. */
export const BACKGROUNDS = {
  /** Fine structures, smooth planes and sharp edges in all greys, that wander and grow. */
  busy: 'mandelbrot=s=640x360:r=12:maxiter=500:end_scale=0.01:start_scale=1,scroll=h=0.008:v=0.004',
  /** Bars as white as the letters and as black as their outline, that pass behind them. */
  bars: 'testsrc2=s=640x360:r=12,scroll=h=0.008:v=0.004',
  /** A scene that stands still. */
  still: 'mandelbrot=s=640x360:r=12:maxiter=500:start_scale=0.8,gblur=sigma=2,loop=-1:1',
  /** A light slide with some grain, which stands still. */
  paper: 'color=0xe8e4da:s=640x360:r=12,noise=alls=6:allf=t',
} as const;

const PLAIN = '0,0,0,0,100,100,0,0,1';
const STYLES = {
  white: `DejaVu Sans,22,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,${PLAIN},2,1,2,10,10,14,1`,
  yellow: `DejaVu Serif,24,&H0000FFFF,&H0000FFFF,&H00000000,&H80000000,-1,0,0,0,100,100,0,0,1,2,0,2,10,10,14,1`,
  chinese: `Noto Sans SC Thin,30,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,${PLAIN},2,1,2,10,10,14,1`,
  black: `DejaVu Serif,22,&H00101010,&H00101010,&H00000000,&H80000000,${PLAIN},0,0,8,10,10,20,1`,
  mark: `DejaVu Sans,16,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,${PLAIN},1,0,9,10,10,10,1`,
  sign: `DejaVu Sans,20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,${PLAIN},2,0,7,60,10,110,1`,
} as const;

const FORMAT =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, ' +
  'StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, ' +
  'Encoding';

/** Makes an MP4 of 640 x 360 with texts burned in by libass. @returns its path */
export function burnedVideo(
  folder: string,
  background: keyof typeof BACKGROUNDS,
  texts: readonly WrittenText[],
  seconds: number,
): string {
  const name = `${background}-${texts.length}`;
  const styles = Object.entries(STYLES).map(([style, value]) => `Style: ${style},${value}\n`);
  const events = texts.map(
    ({ from, to, text, style }) =>
      `Dialogue: 0,${assTime(from)},${assTime(to)},${style},,0,0,0,,${text.replaceAll('\n', String.raw`\N`)}\n`,
  );
  writeFileSync(
    join(folder, `${name}.ass`),
    `[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\n[V4+ Styles]\nFormat: ${FORMAT}\n${styles.join('')}` +
      `[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${events.join('')}`,
  );
  const path = join(folder, `${name}.mp4`);
  ffmpeg(folder, [
    ...[
      '-f',
      'lavfi',
      '-i',
      BACKGROUNDS[background],
      '-t',
      String(seconds),
      '-vf',
      `subtitles=${name}.ass:fontsdir=${FONTS}`,
    ],
    ...H264,
    path,
  ]);
  return path;
}

/** By one thread: with another number of them, as on another machine, the letters' edges come out otherwise. */
export const H264 = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '24',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '1',
];

export function ffmpeg(folder: string, args: readonly string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { cwd: folder });
}

function assTime(seconds: number): string {
  return `0:00:${seconds.toFixed(2).padStart(5, '0')}`;
}
