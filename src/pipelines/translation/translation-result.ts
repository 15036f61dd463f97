import type { SubtitleLine } from '../../engines/subtitles/subtitle-line.ts';
import type { JobResult, SmartJob } from '../../jobs/smart-job.ts';
import type { ResultFile } from '../../objects/result-files.ts';
import type { DriftRow } from './dub-request.ts';
import { driftSummary } from './drift-summary.ts';
import type { TranslationSettings, TranslationTarget } from './translation-settings.ts';

/** A line of the source (`text`) and what it became; undefined: it could not be translated, and stays as it is. */
export type TranslatedLine = SubtitleLine & { readonly translated: string | undefined; readonly speaker?: number };

/** What was made for one language. Addresses in the form in which the caller wrote MediaURL. */
export type TranslatedTarget = {
  readonly target: TranslationTarget;
  /** That of the object of the target. */
  readonly mediaId: string | undefined;
  /** The dubbed sound alone. */
  readonly audioUrl?: string;
  readonly subtitleUrl?: string;
  /** The subtitle that a second pass takes when somebody has corrected it. */
  readonly subtitleForFixUrl?: string;
  readonly bilingualSubtitleUrl?: string;
  readonly lines: readonly TranslatedLine[];
  /** How the spoken lines lie against their sources; empty where nothing is spoken. */
  readonly report: readonly DriftRow[];
  /** The name of the engine; undefined: the caller brought the translation. */
  readonly translator: string | undefined;
  /** Why it and no other one. */
  readonly translatorReason?: string;
  /** The ids of the voices that speak. */
  readonly voices: readonly string[];
};

export type TranslationFindings = {
  readonly settings: Pick<TranslationSettings, 'level'>;
  /** As the job names it, else as it was heard. */
  readonly source: string | undefined;
  /** In the order of the target languages; at least one. */
  readonly made: readonly TranslatedTarget[];
  /** The source without its burned-in text. */
  readonly detextVideoUrl?: string;
  /** What did not go as asked and did not end the job, a sentence each. */
  readonly warnings: readonly string[];
  /** More of how the result came about, such as Recognizer: names as they are shown. */
  readonly details: Readonly<Record<string, string | number>>;
};

/** As many as an answer carries; all of them stand in the result file. */
const MOST_WARNINGS = 50;

/**
 * The result as the service has it: an object, with the fields of the language at its top where there is one target,
 * else under the language. `Report` and `Warnings` are ours.
 */
export function translationResult(
  job: Pick<SmartJob, 'id'>,
  findings: TranslationFindings,
  files: JobResult['files'],
): JobResult {
  const { settings, made, detextVideoUrl, warnings } = findings;
  const [first, ...others] = made;
  if (first === undefined) throw new Error('A translation has at least one target.');
  const fields = made.map((one) => targetFields(job, findings, one));
  const aiResult = JSON.stringify({
    ...(others.length === 0
      ? fields[0]
      : {
          VideoTranslationAiResultMap: Object.fromEntries(
            made.map(({ target }, at) => [target.language, fields[at]]),
          ),
        }),
    DetextVideoURL: detextVideoUrl,
    Warnings: warnings.length === 0 ? undefined : fewer(warnings),
  });
  const isPlain = settings.level === 'subtitle' && others.length === 0;
  return {
    // Programs read the Output of the subtitle level as the address of what was made.
    output: isPlain ? first.target.mediaUrl : aiResult,
    aiResult,
    ...(first.mediaId !== undefined && { mediaId: first.mediaId }),
    mediaObject: `oss://${first.target.bucket}/${first.target.key}`,
    ...(files !== undefined && { files }),
    details: translationDetails(findings),
  };
}

/** Everything line by line, for whoever wants to look at the result closely. */
export function translationReport({ settings, source, made, warnings }: TranslationFindings): ResultFile {
  const report = {
    Level: settings.level,
    SourceLanguage: source,
    Targets: made.map(({ target, lines, report: rows, translator, translatorReason, voices }) => {
      const drift = new Map(rows.map((row) => [row.index, row]));
      return {
        Language: target.language,
        Translator: translator,
        TranslatorReason: translatorReason,
        Voices: voices.length === 0 ? undefined : voices,
        Lines: lines.map(({ from, to, text, translated, speaker }, index) => ({
          ...{ From: from, To: to, Source: text, Translation: translated, Speaker: speaker },
          ...driftFields(drift.get(index)),
        })),
      };
    }),
    Warnings: warnings,
  };
  return { type: 'Json', text: `${JSON.stringify(report, undefined, 1)}\n` };
}

function targetFields(
  { id }: Pick<SmartJob, 'id'>,
  { settings }: TranslationFindings,
  { target, mediaId, audioUrl, subtitleUrl, subtitleForFixUrl, bilingualSubtitleUrl, report }: TranslatedTarget,
): object {
  return {
    MediaURL: target.mediaUrl,
    MediaId: mediaId,
    TranslatedAudioMediaURL: audioUrl,
    SpeechTranslatedSubtitleURL: subtitleUrl,
    SpeechTranslatedSubtitleURLForFix: subtitleForFixUrl,
    SpeechBilingualSubtitleURL: bilingualSubtitleUrl,
    SpeechTranslationJobId: settings.level === 'speech' ? id : undefined,
    Report: report.length === 0 ? undefined : driftSummary(report),
  };
}

function driftFields(row: DriftRow | undefined): object | undefined {
  if (row === undefined) return undefined;
  const { dubStart, dubEnd, tempo, overflow, cut, shortened } = row;
  return {
    ...{ DubStart: dubStart, DubEnd: dubEnd, Tempo: tempo, Overflow: overflow },
    ...{ Cut: cut === 0 ? undefined : cut, Spoken: shortened },
  };
}

function translationDetails({ settings, source, made, warnings, details }: TranslationFindings) {
  const each = (values: readonly (string | undefined)[]): string =>
    [...new Set(values.filter((value) => value !== undefined))].join(', ');
  const lines = made[0]?.lines ?? [];
  const untranslated = made.map((one) => one.lines.filter(({ translated }) => translated === undefined).length);
  const translator = each(made.map((one) => one.translator));
  const voices = each(made.flatMap((one) => one.voices));
  return {
    ...{ Level: settings.level, ...(source !== undefined && { Language: source }) },
    ...{ Targets: each(made.map(({ target }) => target.language)) },
    ...details,
    ...(translator !== '' && { Translator: translator }),
    ...(voices !== '' && { Voice: voices }),
    ...{ Lines: lines.length, Untranslated: Math.max(...untranslated) },
    ...(warnings.length > 0 && { Warnings: fewer(warnings).join(' ') }),
  };
}

function fewer(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= MOST_WARNINGS) return warnings;
  return [...warnings.slice(0, MOST_WARNINGS), `And ${warnings.length - MOST_WARNINGS} more.`];
}
