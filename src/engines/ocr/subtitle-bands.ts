import { commonLength, down } from './area-overlap.ts';
import type { BurnedLine } from './burned-line.ts';
import { bareText, textSimilarity } from './text-similarity.ts';

/** Seconds. Nobody lets one subtitle stand that long; names of channels and titles of slides do. */
const LONGEST = 20;
/** Of the video: in a short one, too, a text that stands nearly all the time is a mark. */
const MOST_OF_VIDEO = 0.7;
/** Of the lower of two lines' heights. */
const SAME_BAND = 0.5;
/** Of the picture's width, between the middles or the left ends of the lines of a band. */
const ALIGNED = 0.06;
/** Of the strongest band's letters: a second place with subtitles has about as many, a street scene has few. */
const SECOND_BAND = 0.3;
/** Where the lower third begins, where nine tenths of all subtitles stand, and how much more it counts for that. */
const LOWER_THIRD = 0.62;
const LOWER_BONUS = 2;
const SAME_TEXT = 0.75;
const SURE = { confidence: 0.8, letters: 5 };

/**
 * Of all text in the pictures, the subtitles: what stands in a place where texts follow each other. A mark that never
 * changes is none, nor is what the camera sees once somewhere. The place may be anywhere, but the lower third counts
 * double.
 * @param seconds length of the video
 */
export function subtitlesAmong(lines: readonly BurnedLine[], seconds: number): BurnedLine[] {
  const passing = lines.filter((line) => !isMark(line, lines, seconds));
  const bands = bandsOf(passing).map((band) => aligned(band));
  const strengths = bands.map(strength);
  const strongest = Math.max(0, ...strengths);
  return bands
    .filter((band, index) => isPlace(band) && (strengths[index] ?? 0) >= SECOND_BAND * strongest)
    .flat()
    .toSorted((a, b) => a.from - b.from || a.area.y - b.area.y);
}

/** It stands long, alone or over its appearances together. */
function isMark(line: BurnedLine, lines: readonly BurnedLine[], seconds: number): boolean {
  const again = lines.filter(
    (other) => inOneBand(line, other) && textSimilarity(line.text, other.text) >= SAME_TEXT,
  );
  const standing = again.reduce((sum, { from, to }) => sum + to - from, 0);
  return line.to - line.from > LONGEST || standing > MOST_OF_VIDEO * seconds;
}

/** Two different texts make a place of subtitles; in the lower third one is enough that is read for sure. */
function isPlace(band: readonly BurnedLine[]): boolean {
  const [first] = band;
  return first !== undefined && (differentTexts(band) > 1 || (isLow(first) && isSure(first)));
}

function isSure(line: BurnedLine): boolean {
  return line.confidence >= SURE.confidence && letters(line) >= SURE.letters;
}

function differentTexts(band: readonly BurnedLine[]): number {
  const texts: string[] = [];
  for (const { text } of band) {
    if (!texts.some((known) => textSimilarity(known, text) >= SAME_TEXT)) texts.push(text);
  }
  return texts.length;
}

/** Begun by the line that says most; a line belongs to the first band it fits into. */
function bandsOf(lines: readonly BurnedLine[]): BurnedLine[][] {
  const bands: BurnedLine[][] = [];
  for (const line of lines.toSorted((a, b) => bareText(b.text).length - bareText(a.text).length)) {
    const band = bands.find(([first]) => first !== undefined && inOneBand(first, line));
    if (band === undefined) bands.push([line]);
    else band.push(line);
  }
  return bands;
}

function inOneBand(a: BurnedLine, b: BurnedLine): boolean {
  const common = commonLength(down(a.area), down(b.area));
  return common >= SAME_BAND * Math.min(a.area.height, b.area.height);
}

/** Without what stands in the band by chance. */
function aligned(band: readonly BurnedLine[]): BurnedLine[] {
  const middle = median(band, ({ area }) => area.x + area.width / 2);
  const left = median(band, ({ area }) => area.x);
  return band.filter(
    ({ area }) => Math.abs(area.x + area.width / 2 - middle) <= ALIGNED || Math.abs(area.x - left) <= ALIGNED,
  );
}

/** By letters: long lines count for more, in what is believed as in what is seen. */
function median(band: readonly BurnedLine[], value: (line: BurnedLine) => number): number {
  const half = band.reduce((sum, line) => sum + letters(line), 0) / 2;
  let sum = 0;
  for (const line of band.toSorted((a, b) => value(a) - value(b))) {
    sum += letters(line);
    if (sum >= half) return value(line);
  }
  return 0;
}

function strength(band: readonly BurnedLine[]): number {
  const sum = band.reduce((total, line) => total + letters(line) * line.confidence, 0);
  return band[0] !== undefined && isLow(band[0]) ? LOWER_BONUS * sum : sum;
}

function letters({ text }: BurnedLine): number {
  return bareText(text).length;
}

function isLow({ area }: BurnedLine): boolean {
  return area.y + area.height / 2 > LOWER_THIRD;
}
