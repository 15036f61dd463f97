import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { assetPath } from '../asset-path.ts';
import { SMALL_FILES, MIB } from '../program-limits.ts';
import { runProgram } from '../run-program.ts';

/** A font that libass finds by its family name. */
export type SubtitleFont = {
  readonly family: string;
  /**
   * How much larger than its letters libass takes it to be: it sizes a font so that its ascent and descent together
   * are the size asked for, and these differ (Arabic 2.1, Chinese 1.4).
   */
  readonly height: number;
};

/** A font that the system has. */
export type InstalledFont = SubtitleFont & {
  /** What it can draw, as fontconfig names languages: `en`, `zh-cn`. */
  readonly languages: ReadonlySet<string>;
};

type Face = SubtitleFont & {
  readonly script: RegExp;
  /** Languages of fontconfig; a font that draws one of them draws the script. */
  readonly languages: readonly string[];
};

/**
 * The fonts that ship with us, by their names and metrics in the files. libass reads WOFF2 where FreeType was built
 * with Brotli, as in Debian and Fedora; elsewhere fonts of the system take their place.
 */
const BASE: SubtitleFont = { family: 'Noto Sans', height: 1.362 };
const FACES: readonly Face[] = [
  {
    family: 'Noto Sans SC Thin',
    height: 1.448,
    script: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u,
    languages: ['zh-cn', 'zh-tw', 'ja'],
  },
  { family: 'Noto Sans KR Thin', height: 1.448, script: /\p{Script=Hangul}/u, languages: ['ko'] },
  { family: 'Noto Sans Arabic', height: 2.112, script: /\p{Script=Arabic}/u, languages: ['ar'] },
  { family: 'Noto Sans Hebrew', height: 1.36, script: /\p{Script=Hebrew}/u, languages: ['he'] },
  { family: 'Noto Sans Thai', height: 1.511, script: /\p{Script=Thai}/u, languages: ['th'] },
  { family: 'Noto Sans Devanagari', height: 1.304, script: /\p{Script=Devanagari}/u, languages: ['hi'] },
];

/** Text that one font draws. */
export type FontRun = { readonly font: SubtitleFont; readonly text: string };

/** A text in the fonts that can draw it. What none of ours has, libass looks for in the system. */
export function fontRuns(text: string, wished: InstalledFont | undefined): FontRun[] {
  const runs: { font: SubtitleFont; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const font = fontOf(character, wished, last?.font);
    if (last !== undefined && last.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}

/** Marks above and below go with their letter. */
function fontOf(
  character: string,
  wished: InstalledFont | undefined,
  before: SubtitleFont | undefined,
): SubtitleFont {
  if (before !== undefined && /[\p{M}\p{Cf}]/u.test(character)) return before;
  const face = FACES.find(({ script }) => script.test(character));
  if (face === undefined) return wished ?? BASE;
  return wished !== undefined && face.languages.some((language) => wished.languages.has(language)) ? wished : face;
}

/** The folder of our fonts in the scratch folder; fontconfig looks there too, since HOME is the scratch folder. */
export const FONTS_FOLDER = '.fonts';

/** Puts our fonts where the program that draws subtitles finds them. */
export async function placeFonts(scratch: string): Promise<void> {
  const folder = join(scratch, FONTS_FOLDER);
  await mkdir(folder, { recursive: true });
  const [ours, there] = await Promise.all([readdir(assetPath('fonts')), readdir(folder)]);
  const missing = ours.filter((name) => name.endsWith('.woff2') && !there.includes(name));
  await Promise.all(missing.map(async (name) => await symlink(assetPath(`fonts/${name}`), join(folder, name))));
}

/** Of fonts that we do not know; those of Windows and of Debian have 1.15 to 1.4. */
const USUAL_HEIGHT = 1.2;

/** The font of the system that a caller named, if it is there: fontconfig's list is searched, not its guesses. */
export async function installedFont(
  name: string | undefined,
  surroundings: { readonly scratch: string; readonly signal: AbortSignal },
): Promise<InstalledFont | undefined> {
  const wanted = plain(name ?? '');
  if (wanted === '') return undefined;
  let found: InstalledFont | undefined;
  const outcome = await runProgram({
    program: 'fc-list',
    args: [':', '-f', '%{family}\\t%{lang}\\n'],
    limits: { memory: 1024 * MIB, fileSize: SMALL_FILES },
    timeLimit: 30,
    ...surroundings,
    onLine: (line) => {
      const [families = '', languages = ''] = line.split('\t');
      const names = families.split(',').filter((family) => /^[\p{L}\p{N}][\p{L}\p{N} ._'+-]*$/u.test(family));
      const family = names.find((known) => plain(known) === wanted);
      if (family === undefined) return;
      const all = new Set([...(found?.languages ?? []), ...languages.split('|')]);
      found = { family, height: USUAL_HEIGHT, languages: all };
    },
  });
  surroundings.signal.throwIfAborted();
  return outcome.kind === 'exited' ? found : undefined;
}

/** `SimSun` and `sim sun` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '');
}
