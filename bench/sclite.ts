import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was said and what an engine made of it: words as they are compared. */
export type Heard = { readonly said: readonly string[]; readonly heard: readonly string[] };

export type SpeechScore = {
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** (substitutions + deletions + insertions) / words, three decimals. */
  readonly wordErrorRate: number;
};

/** Where Debian's package puts the scorer; elsewhere it is found on PATH. */
const DEBIAN = '/usr/lib/sctk/bin/sclite';

/**
 * Scores transcripts with sclite of the NIST scoring toolkit (Debian: sctk), so that the figures do not rest on a
 * scorer of our own.
 */
export async function scoreBySclite(sentences: readonly Heard[]): Promise<SpeechScore> {
  const folder = await mkdtemp(join(tmpdir(), 'sclite-'));
  try {
    await writeFile(join(folder, 'said'), transcripts(sentences.map(({ said }) => said)));
    await writeFile(join(folder, 'heard'), transcripts(sentences.map(({ heard }) => heard)));
    const program = existsSync(DEBIAN) ? DEBIAN : 'sclite';
    const args = ['-r', 'said', 'trn', '-h', 'heard', 'trn', '-i', 'wsj', '-o', 'rsum', 'stdout'];
    return readSummary(execFileSync(program, args, { cwd: folder, encoding: 'utf8' }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The scorer's own form: the words, then the sentence's name in parentheses. */
function transcripts(sentences: readonly (readonly string[])[]): string {
  return sentences.map((words, index) => `${words.join(' ')} (set_${index + 1})\n`).join('');
}

function readSummary(report: string): SpeechScore {
  const line = /\| Sum\s*\|\s*\d+\s+(\d+)\s*\|\s*\d+\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(report);
  if (line === null) throw new Error(`sclite printed no summary:\n${report}`);
  const [words = 0, substitutions = 0, deletions = 0, insertions = 0, errors = 0] = line.slice(1).map(Number);
  return { words, substitutions, deletions, insertions, wordErrorRate: Number((errors / words).toFixed(3)) };
}
