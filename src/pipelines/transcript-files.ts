import type { ResultFileType } from '../jobs/smart-job.ts';
import { subtitleCues } from '../engines/subtitles/subtitle-cues.ts';
import { srt, webVtt } from '../engines/subtitles/write-subtitles.ts';
import type { Transcript } from './transcript.ts';

export type TranscriptFile = { readonly type: ResultFileType; readonly text: string };

/** A transcript in every form that there is. */
export function transcriptFiles(transcript: Transcript): TranscriptFile[] {
  const cues = subtitleCues(transcript.segments);
  return [
    { type: 'Json', text: transcriptJson(transcript) },
    { type: 'Srt', text: srt(cues) },
    { type: 'Vtt', text: webVtt(cues) },
    { type: 'Text', text: plainText(transcript) },
  ];
}

/** A segment a line, so that a long one can be looked through, and searched by lines. */
function transcriptJson({ segments, ...facts }: Transcript): string {
  const head = JSON.stringify({ version: 1, ...facts }).slice(1, -1);
  const lines = segments.map((segment) => JSON.stringify(segment));
  return `{${head},"segments":[\n${lines.join(',\n')}\n]}\n`;
}

/** A segment a line, and where another speaker begins, who it is. */
function plainText({ segments }: Transcript): string {
  let last: string | undefined;
  const lines = segments.map(({ content, speaker }) => {
    const turn = speaker !== undefined && speaker !== last;
    const gap = turn && last !== undefined ? '\n' : '';
    last = speaker;
    return `${gap}${turn ? `${speaker}: ` : ''}${oneLine(content)}\n`;
  });
  return lines.join('');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
