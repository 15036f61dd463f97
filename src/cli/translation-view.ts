/**
 * The AiResult of a translation as people read it: what was written for each language, one address a line, how its
 * lines lie, and what did not go as asked. Undefined where the text is something else.
 */
export function translationView(aiResult: string): readonly string[] | undefined {
  const document = parse(aiResult);
  if (document === undefined) return undefined;
  const { VideoTranslationAiResultMap: byLanguage, Warnings: warnings, ...rest } = document;
  if (byLanguage === undefined && rest['MediaURL'] === undefined) return undefined;
  const languages = Object.entries((byLanguage ?? {}) as Readonly<Record<string, Fields>>);
  return [
    ...languages.flatMap(([language, fields]) => indented(language, fieldLines(fields))),
    ...fieldLines(rest),
    ...(Array.isArray(warnings) ? warnings.map((warning) => `Warning: ${String(warning)}`) : []),
  ];
}

function indented(heading: string, lines: readonly string[]): string[] {
  return [`${heading}:`, ...lines.map((line) => `  ${line}`)];
}

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string): Fields | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return isObject ? (document as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function fieldLines(fields: Fields): string[] {
  const addresses = Object.entries(fields).filter(([name]) => /URL(ForFix)?$/.test(name));
  const lines = addresses.map(([name, value]) => `${NAMES[name] ?? name}: ${String(value)}`);
  const report = fields['Report'] as Readonly<Record<string, number>> | undefined;
  if (report === undefined) return lines;
  const { InTime = 0, Lines = 0, MaxDrift = 0, MaxTempo = 1 } = report;
  return [
    ...lines,
    `In time: ${InTime} of ${Lines} lines; at most ${MaxDrift} s off, and ${MaxTempo} times as fast.`,
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  MediaURL: 'Output',
  TranslatedAudioMediaURL: 'Sound',
  SpeechTranslatedSubtitleURL: 'Subtitle',
  SpeechTranslatedSubtitleURLForFix: 'Subtitle to correct',
  SpeechBilingualSubtitleURL: 'Bilingual subtitle',
  DetextVideoURL: 'Without burned-in text',
};
