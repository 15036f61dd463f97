import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseTranslator } from '../../engines/translation/choose-translator.ts';
import {
  NEIGHBOURS,
  type GlossaryTerm,
  type LanguagePair,
  type LineTranslation,
  type TranslationOutcome,
  type Translator,
} from '../../engines/translation/translator.ts';
import { fingerprint } from '../fingerprint.ts';
import { remembered } from '../remembered.ts';
import { done, failed } from '../step-outcomes.ts';
import type { StepOutcome } from '../steps.ts';
import { glossaryFor } from './job-glossary.ts';
import { runOfStep } from './step-checkpoints.ts';
import type { TranslatedLines } from './translated-lines.ts';
import type { TranslatedLine } from './translation-result.ts';
import type { Lined, SourceLine } from './translation-work.ts';

/** Lines of a checkpoint: what is lost where a worker dies, and what a model server answers in some minutes. */
const LINES_AT_ONCE = 100;

/**
 * What the caller brought is taken as it is. A line that cannot be translated stays as it is, with a warning; it is
 * a failure where no line could.
 */
export async function translateLines(
  work: Lined,
  target: string,
  onProgress: (fraction: number) => void,
): Promise<StepOutcome<TranslatedLines>> {
  const { lines, source, parts, settings, hotwords } = work;
  if (lines.every(({ translation }) => translation !== undefined)) {
    return done({ lines: lines.map(broughtAlong), translator: undefined, glossary: [], warnings: [] });
  }
  if (source === undefined) {
    return failed('TranslationUnavailable', 'The language of the source is not known: set SourceLanguage.');
  }
  const pair = { source, target };
  const choice = await chooseTranslator(parts.translators, pair, parts.preferredTranslator);
  if (choice.kind === 'none') return failed('TranslationUnavailable', choice.message);
  const { translator, reason: translatorReason } = choice;
  work.run.log.info({ translator: translator.name, reason: translatorReason, ...pair }, 'translator chosen');
  const glossary = glossaryFor(pair, settings.glossary, hotwords);
  const translated: TranslatedLine[] = [];
  const reasons = new Map<string, number>();
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const some = lines.slice(from, from + LINES_AT_ONCE);
    const share = (fraction: number): void => onProgress((from + some.length * fraction) / lines.length);
    const outcome = await translateSome(work, { translator, pair, glossary, from, lines: some }, share);
    if (outcome.kind === 'unavailable') return failed('EngineUnavailable', outcome.message);
    if (outcome.kind !== 'translated') {
      work.run.log.warn({ translator: translator.name, detail: outcome.detail }, 'translation failed');
      const isOfLines = outcome.kind === 'refused' && translated.some((line) => line.translated !== undefined);
      if (!isOfLines) return failed('TranslationFailed', `${outcome.message} RetrySmartJob goes on there.`);
    }
    for (const [index, line] of some.entries()) {
      const result = resultOf(outcome, index);
      if (result?.kind === 'untranslated') reasons.set(result.reason, (reasons.get(result.reason) ?? 0) + 1);
      translated.push({ ...line, translated: result?.kind === 'translated' ? result.text : undefined });
    }
  }
  if (translated.every((line) => line.translated === undefined)) {
    return failed('TranslationFailed', `Not one line could be translated. ${[...reasons.keys()][0] ?? ''}`);
  }
  const { name, model } = translator;
  return done({
    lines: translated,
    translator: model === undefined ? name : `${name} ${model}`,
    translatorReason,
    glossary,
    warnings: [...reasons].map(([reason, count]) => untranslated(target, count, reason)),
    ...(translator.shorten !== undefined && { shorten: translator.shorten.bind(translator) }),
  });
}

function resultOf(
  outcome: Extract<TranslationOutcome, { kind: 'translated' | 'refused' }>,
  index: number,
): LineTranslation | undefined {
  return outcome.kind === 'translated' ? outcome.lines[index] : { kind: 'untranslated', reason: outcome.message };
}

type Portion = {
  readonly translator: Translator;
  readonly pair: LanguagePair;
  readonly glossary: readonly GlossaryTerm[];
  /** Of its first line among all lines. */
  readonly from: number;
  readonly lines: readonly SourceLine[];
};

async function translateSome(
  { run, lines: all }: Lined,
  { translator, pair, glossary, from, lines }: Portion,
  onProgress: (fraction: number) => void,
): Promise<TranslationOutcome> {
  const to = from + lines.length;
  const request = {
    lines: lines.map(inOneRow),
    before: all.slice(Math.max(0, from - NEIGHBOURS), from).map(inOneRow),
    after: all.slice(to, to + NEIGHBOURS).map(inOneRow),
  };
  const made = fingerprint(request, pair, translator.name, translator.model ?? '', glossary);
  const scratch = join(run.scratch, 'translating');
  await mkdir(scratch, { recursive: true });
  return await remembered<TranslationOutcome>(
    runOfStep(run, 'translate'),
    `${pair.target} ${made}`,
    () => translator.translate({ ...pair, ...request, glossary, scratch, signal: run.signal, onProgress }),
    (outcome) => outcome.kind === 'translated' && outcome.lines.every(isTranslated),
  );
}

function inOneRow({ text }: SourceLine): string {
  return text.replaceAll('\n', ' ');
}

function isTranslated({ kind }: LineTranslation): boolean {
  return kind === 'translated';
}

function broughtAlong(line: SourceLine): TranslatedLine {
  return { ...line, translated: line.translation };
}

function untranslated(target: string, count: number, reason: string): string {
  return `${count === 1 ? 'A line was' : `${count} lines were`} not translated into ${target} and stayed as in the source. ${reason}`;
}
