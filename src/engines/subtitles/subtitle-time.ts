/** From when to when, in seconds; or what is wrong with a line that says so. */
export type CueTimes =
  | { readonly kind: 'times'; readonly from: number; readonly to: number }
  | { readonly kind: 'wrong'; readonly message: string };

/** As people type it, too: `->`, or a dash that a word processor made of two hyphens. */
const ARROW = /-\s?-?\s?>|[–—]\s?>|→/;
const FORM = 'Times are written as 00:00:01,000 --> 00:00:02,500.';

/** A time, with hours, a fraction or neither, and an arrow behind it. */
const TIME_AND_ARROW = /^\s*-?\d+\s*:(\s*\d+\s*[:.,])?[\d:.,\s]*(?:-\s?-?\s?>|[–—]\s?>|→)/;

/** Whether a line is meant to say when a cue is shown. `9:30 -> 10:30` may, and may be what is said: 'perhaps'. */
export function looksLikeTimes(line: string): boolean | 'perhaps' {
  const found = TIME_AND_ARROW.exec(line);
  return found !== null && (found[1] !== undefined || 'perhaps');
}

/** Times of SubRip or WebVTT: hours may be missing, and where on the picture it stands may follow. */
export function cueTimes(line: string): CueTimes {
  const [before = '', behind = ''] = line.split(ARROW, 2);
  const rest = behind.trim();
  const settings = rest.search(/\s[a-z]/i);
  const ending = settings < 0 ? rest : rest.slice(0, settings).trimEnd();
  const from = secondsOf(before);
  const to = secondsOf(ending);
  if (from === undefined || to === undefined) {
    const unread = from === undefined ? before.trim() : ending;
    const said = unread === '' ? 'A time is missing.' : `"${shortened(unread)}" is not a time.`;
    return { kind: 'wrong', message: `${said} ${FORM}` };
  }
  if (to < from) {
    return {
      kind: 'wrong',
      message: `The cue ends (${shortened(ending)}) before it begins (${shortened(before.trim())}).`,
    };
  }
  return { kind: 'times', from, to };
}

function shortened(text: string): string {
  return text.slice(0, 40);
}

function secondsOf(text: string): number | undefined {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:([.,:])(\d{1,9}))?$/.exec(text.replaceAll(/\s+/g, ''));
  if (match === null) return undefined;
  const [, hours = '0', minutes = '', seconds = '', mark = '.', digits = '0'] = match;
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return Math.round((whole + fraction(mark, digits)) * 1000) / 1000;
}

/** Behind a comma stand milliseconds, as players read them: `,5` is 0.005 s. Behind a point stands a fraction. */
function fraction(mark: string, digits: string): number {
  return mark === '.' || digits.length > 3 ? Number(`0.${digits}`) : Number(digits) / 1000;
}
