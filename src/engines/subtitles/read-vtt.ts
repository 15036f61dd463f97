import { MOST_CUES, type BrokenSubtitles, type ReadCue, type ReadSubtitles } from './read-subtitles.ts';
import { vttText } from './subtitle-text.ts';
import { cueTimes } from './subtitle-time.ts';

/** WebVTT: blocks between empty lines, and only those with an arrow in their first two lines are cues. */
export function readVtt(rows: readonly string[]): ReadSubtitles | BrokenSubtitles {
  const cues: ReadCue[] = [];
  let stray = 0;
  for (const { start, block } of blocksOf(rows)) {
    if (cues.length > MOST_CUES) break;
    const at = block.slice(0, 2).findIndex((row) => row.includes('-->'));
    if (at < 0) {
      if (start > 0 && !/^(?:NOTE|STYLE|REGION)(?:\s|:|$)/.test(block[0] ?? '')) stray += 1;
      continue;
    }
    const line = start + at + 1;
    const times = cueTimes(block[at] ?? '');
    if (times.kind === 'wrong') return { kind: 'broken', line, message: times.message };
    cues.push({ from: times.from, to: times.to, text: vttText(block.slice(at + 1)), line });
  }
  const notes = stray > 0 ? [`Blocks that are no cues are left out: ${stray}.`] : [];
  return { kind: 'read', cues, notes };
}

/** `start` is the index of its first row. The header is a block too. */
function blocksOf(rows: readonly string[]): { readonly start: number; readonly block: readonly string[] }[] {
  const blocks: { start: number; block: string[] }[] = [];
  let open = false;
  for (const [start, row] of rows.entries()) {
    if (row === '') open = false;
    else if (open) blocks.at(-1)?.block.push(row);
    else {
      open = true;
      blocks.push({ start, block: [row] });
    }
  }
  return blocks;
}
