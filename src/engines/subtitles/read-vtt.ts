import { MOST_CUES, refuseRows, type BrokenSubtitles, type ReadCue, type ReadSubtitles } from './read-subtitles.ts';
import { vttText } from './subtitle-text.ts';
import { cueTimes, looksLikeTimes } from './subtitle-time.ts';

/**
 * WebVTT: blocks between empty lines, and only those with an arrow in their first two lines are cues. Times end the
 * block above them, whether a line is empty or not.
 */
export function readVtt(rows: readonly string[]): ReadSubtitles | BrokenSubtitles {
  const cues: ReadCue[] = [];
  let stray = 0;
  for (const { start, block } of blocksOf(rows)) {
    if (cues.length > MOST_CUES) break;
    const at = block.slice(0, 2).findIndex((row) => row.includes('-->'));
    if (at < 0) {
      if (start > 0 && !isRemark(block)) stray += 1;
      continue;
    }
    const line = start + at + 1;
    const times = cueTimes(block[at] ?? '');
    if (times.kind === 'wrong' && isRemark(block)) continue;
    if (times.kind === 'wrong') return { kind: 'broken', line, message: times.message };
    const text = block.slice(at + 1);
    const refusal = refuseRows(text, line);
    if (refusal !== undefined) return refusal;
    cues.push({ from: times.from, to: times.to, text: vttText(text), line });
  }
  const notes = stray > 0 ? [`Blocks that are no cues are left out: ${stray}.`] : [];
  return { kind: 'read', cues, notes };
}

function isRemark([first = '']: readonly string[]): boolean {
  return /^(?:NOTE|STYLE|REGION)(?:\s|:|$)/.test(first);
}

/** `start` is the index of its first row. The header is a block too. */
function blocksOf(rows: readonly string[]): { readonly start: number; readonly block: readonly string[] }[] {
  const blocks: { start: number; block: string[] }[] = [];
  let open = false;
  for (const [start, row] of rows.entries()) {
    const block = blocks.at(-1);
    if (row === '') open = false;
    else if (open && block !== undefined && !isNextCue(block, row)) block.block.push(row);
    else {
      open = true;
      blocks.push({ start, block: [row] });
    }
  }
  return blocks;
}

/** Only the name of a cue may stand above its times, and nothing of the header. */
function isNextCue({ start, block }: { start: number; block: readonly string[] }, row: string): boolean {
  const isFull = start === 0 || block.length > 1 || block[0]?.includes('-->') === true;
  return isFull && row.includes('-->') && looksLikeTimes(row) === true;
}
