import type { SubtitleCue } from './subtitle-cues.ts';
import { looksLikeTimes } from './subtitle-time.ts';

/*
 * The two forms of subtitles that players read. A line of text must not be empty in either, since an empty line ends
 * a cue.
 */

/**
 * SubRip. It has no escapes: where text could be taken for a tag, an override of a renderer, or the times of a cue, a
 * word joiner parts the characters or stands in front of the row, which nobody sees. Speakers stand in front of what they say where they
 * begin.
 */
export function srt(cues: readonly SubtitleCue[]): string {
  let last: string | undefined;
  const blocks = cues.map(({ from, to, speaker, lines }, index) => {
    const turn = speaker !== undefined && speaker !== last ? `${speaker}: ` : '';
    last = speaker;
    const text = turn + lines.map(unmarked).join('\n');
    return `${index + 1}\n${clock(from, ',')} --> ${clock(to, ',')}\n${text}\n`;
  });
  return blocks.join('\n');
}

/** WebVTT, with each cue's speaker as a voice. */
export function webVtt(cues: readonly SubtitleCue[]): string {
  const blocks = cues.map(({ from, to, speaker, lines }) => {
    const voice = speaker === undefined ? '' : `<v ${escaped(speaker)}>`;
    return `${clock(from, '.')} --> ${clock(to, '.')}\n${voice}${lines.map(escaped).join('\n')}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

const WORD_JOINER = '\u2060';

function unmarked(text: string): string {
  const row = oneLine(text);
  return (looksLikeTimes(row) === false ? row : `${WORD_JOINER}${row}`)
    .replaceAll(/<(?=[a-z/!])/gi, `<${WORD_JOINER}`)
    .replaceAll(/\{(?=\\|[a-z]:)/gi, `{${WORD_JOINER}`)
    .replaceAll(/&(?=[a-z]|#)/gi, `&${WORD_JOINER}`)
    .replaceAll(/\\(?=n)/gi, `\\${WORD_JOINER}`)
    .replaceAll('-->', `--${WORD_JOINER}>`);
}

/** As HTML has it; without a `>` there can be no `-->`. */
function escaped(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** `HH:MM:SS,mmm`, with as many digits for hours as they need. */
function clock(seconds: number, separator: ',' | '.'): string {
  const total = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = `${two(total / 3_600_000)}:${two((total / 60_000) % 60)}:${two((total / 1000) % 60)}`;
  return `${time}${separator}${String(total % 1000).padStart(3, '0')}`;
}
