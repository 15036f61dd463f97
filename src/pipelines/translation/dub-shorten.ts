import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { linesTooLong, type FitLine, type FitRules, type TooLong } from '../../engines/dub/fit-lines.ts';
import { fingerprint } from '../fingerprint.ts';
import { remembered } from '../remembered.ts';
import type { DubRequest } from './dub-request.ts';
import { sayLine, type DubWork } from './dub-speak.ts';
import type { DubVoice } from './dub-voices.ts';

/** A line as it is spoken at normal speed. */
export type SpokenLine = {
  readonly index: number;
  readonly text: string;
  readonly seconds: number;
  readonly voice: DubVoice;
  readonly wavPath: string;
  readonly isShortened: boolean;
};

/** A translator that gave too long a line twice gives no shorter one. */
const TRIES = 2;
/** Letters are not all said in the same time: a little less is asked for than would fit. */
const MARGIN = 0.95;
/** What a word has at least; no translation is as short as that. */
const FEWEST_CHARACTERS = 3;

/** Has lines that do not fit at any tempo said in fewer words, where the translator can. */
export async function shortenLines(
  work: DubWork,
  request: DubRequest,
  spoken: readonly (SpokenLine | undefined)[],
  rules: FitRules,
): Promise<(SpokenLine | undefined)[]> {
  if (request.translator?.shorten === undefined) return [...spoken];
  const lines = [...spoken];
  for (const { index, seconds } of linesTooLong(fitLinesOf(request, spoken), rules)) {
    const line = lines[index];
    if (line !== undefined) lines[index] = await shortened(work, request, line, seconds);
  }
  return lines;
}

/** The lines as the fit wants them: one that is not spoken keeps its original sound. */
export function fitLinesOf({ lines }: DubRequest, spoken: readonly (SpokenLine | undefined)[]): FitLine[] {
  return lines.map(({ from, to }, index) => ({ from, to, seconds: spoken[index]?.seconds }));
}

async function shortened(
  work: DubWork,
  request: DubRequest,
  line: SpokenLine,
  most: TooLong['seconds'],
): Promise<SpokenLine> {
  let best = line;
  for (let turn = 1; turn <= TRIES && best.seconds > most; turn += 1) {
    const characters = Array.from(best.text).length;
    const maxCharacters = Math.floor((MARGIN * characters * most) / best.seconds);
    if (maxCharacters < FEWEST_CHARACTERS) break;
    const text = await askForShorter(work, request, best, maxCharacters);
    if (text === '' || Array.from(text).length >= characters) break;
    const wavPath = join(work.folder, `${line.index}-shorter.wav`);
    const name = `dub ${work.target} ${line.index} shorter ${turn}`;
    const said = await sayLine(work, { name, text, voice: line.voice, wavPath });
    if (said.kind === 'unsaid') break;
    // Fewer letters are not always fewer sounds.
    if (said.seconds >= best.seconds) continue;
    await rename(wavPath, line.wavPath);
    best = { ...line, text, seconds: said.seconds, isShortened: true };
  }
  return best;
}

/** The same in each run: what a model answers is never the same twice. */
async function askForShorter(
  { run, target }: DubWork,
  { translator, source, lines, glossary }: DubRequest,
  { index, text }: SpokenLine,
  maxCharacters: number,
): Promise<string> {
  const line = lines[index]?.text ?? '';
  const key = `dub ${target} shorter ${fingerprint(source, line, text, maxCharacters, glossary)}`;
  return await remembered(
    run,
    key,
    async () => {
      const pair = { source: source ?? 'und', target };
      const { signal } = run;
      const answer = await translator?.shorten?.({
        ...{ ...pair, line, translation: text, maxCharacters, glossary, signal },
      });
      return answer?.trim() ?? '';
    },
    (answer) => answer !== '',
  );
}
