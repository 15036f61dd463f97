import { commonLength, down } from './area-overlap.ts';
import { LONGEST_SUBTITLE, type BurnedLine } from './burned-line.ts';
import { bareResembles, bareText } from './text-similarity.ts';

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
/** Moments of the video at which marks are looked for: one that stands for 0.7 of it is there at one of them. */
const MOMENTS = 7;

/** A line, and its letters alone: they are compared often. */
type Read = { readonly line: BurnedLine; readonly bare: string };

/**
 * Of all text in the pictures, the subtitles: what stands in a place where texts follow each other. A mark that never
 * changes is none, nor is what the camera sees once somewhere. The place may be anywhere, but the lower third counts
 * double.
 * @param seconds length of the video
 */
export function subtitlesAmong(lines: readonly BurnedLine[], seconds: number): BurnedLine[] {
  const read = lines.map((line) => ({ line, bare: bareText(line.text) }));
  const marks = marksAmong(read, seconds);
  const bands = bandsOf(read.filter((one) => !isMark(one, marks))).map((band) => aligned(band));
  const strengths = bands.map(strength);
  const strongest = strengths.reduce((most, one) => Math.max(most, one), 0);
  return bands
    .filter((band, index) => isPlace(band) && (strengths[index] ?? 0) >= SECOND_BAND * strongest)
    .flatMap((band) => band.map(({ line }) => line))
    .toSorted((a, b) => a.from - b.from || a.area.y - b.area.y);
}

/** It stands long, or is one that does over its appearances together. */
function isMark(read: Read, marks: readonly Read[]): boolean {
  return secondsOf(read) > LONGEST_SUBTITLE || marks.some((mark) => isAgain(mark, read));
}

/** Of what stands at some moments, what stands nearly all the time: to compare all with all would take hours. */
function marksAmong(read: readonly Read[], seconds: number): Read[] {
  const moments = Array.from({ length: MOMENTS }, (_, index) => ((index + 1) * seconds) / (MOMENTS + 1));
  const standing = read.filter(({ line }) => moments.some((at) => line.from <= at && at <= line.to));
  const marks: Read[] = [];
  for (const candidate of standing) {
    if (marks.some((mark) => isAgain(mark, candidate))) continue;
    if (standsLonger(candidate, read, MOST_OF_VIDEO * seconds)) marks.push(candidate);
  }
  return marks;
}

/** Whether the same text stands in the same place for more than so many seconds, in all. */
function standsLonger(candidate: Read, read: readonly Read[], limit: number): boolean {
  const inBand = read.filter(({ line }) => inOneBand(candidate.line, line));
  let left = inBand.reduce((sum, one) => sum + secondsOf(one), 0);
  let standing = 0;
  for (const one of inBand) {
    if (standing + left <= limit) return false;
    left -= secondsOf(one);
    if (isSameText(candidate, one)) standing += secondsOf(one);
  }
  return standing > limit;
}

function isAgain(one: Read, other: Read): boolean {
  return inOneBand(one.line, other.line) && isSameText(one, other);
}

function isSameText(one: Read, other: Read): boolean {
  return bareResembles(one.bare, other.bare, SAME_TEXT);
}

function secondsOf({ line }: Read): number {
  return line.to - line.from;
}

/** Two different texts make a place of subtitles; in the lower third one is enough that is read for sure. */
function isPlace([first, ...others]: readonly Read[]): boolean {
  if (first === undefined) return false;
  return others.some((other) => !isSameText(first, other)) || (isLow(first) && isSure(first));
}

function isSure({ line, bare }: Read): boolean {
  return line.confidence >= SURE.confidence && bare.length >= SURE.letters;
}

/** Begun by the line that says most; a line belongs to the first band it fits into. */
function bandsOf(read: readonly Read[]): Read[][] {
  const bands: Read[][] = [];
  for (const one of read.toSorted((a, b) => b.bare.length - a.bare.length)) {
    const band = bands.find(([first]) => first !== undefined && inOneBand(first.line, one.line));
    if (band === undefined) bands.push([one]);
    else band.push(one);
  }
  return bands;
}

function inOneBand(a: BurnedLine, b: BurnedLine): boolean {
  const common = commonLength(down(a.area), down(b.area));
  return common >= SAME_BAND * Math.min(a.area.height, b.area.height);
}

/** Without what stands in the band by chance. */
function aligned(band: readonly Read[]): Read[] {
  const middle = median(band, ({ area }) => area.x + area.width / 2);
  const left = median(band, ({ area }) => area.x);
  return band.filter(
    ({ line: { area } }) =>
      Math.abs(area.x + area.width / 2 - middle) <= ALIGNED || Math.abs(area.x - left) <= ALIGNED,
  );
}

/** By letters: long lines count for more, in what is believed as in what is seen. */
function median(band: readonly Read[], value: (line: BurnedLine) => number): number {
  const half = band.reduce((sum, { bare }) => sum + bare.length, 0) / 2;
  let sum = 0;
  for (const { line, bare } of band.toSorted((a, b) => value(a.line) - value(b.line))) {
    sum += bare.length;
    if (sum >= half) return value(line);
  }
  return 0;
}

function strength(band: readonly Read[]): number {
  const sum = band.reduce((total, { line, bare }) => total + bare.length * line.confidence, 0);
  return band[0] !== undefined && isLow(band[0]) ? LOWER_BONUS * sum : sum;
}

function isLow({ line: { area } }: Read): boolean {
  return area.y + area.height / 2 > LOWER_THIRD;
}
