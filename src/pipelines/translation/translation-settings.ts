import type { z } from 'zod';
import { checkedColour } from '../../engines/chart/colour.ts';
import type { GlossaryTerm } from '../../engines/translation/translator.ts';
import type { FrameArea } from '../../engines/video/frame-area.ts';
import type { SubtitleStyle } from '../../engines/video/subtitle-style.ts';
import type { SmartJob } from '../../jobs/smart-job.ts';
import { translationWarnings } from './translation-warnings.ts';
import {
  translationEditing,
  translationInput,
  translationOutput,
  type CUSTOM_SRT_TYPES,
  type INPUT_TYPES,
  type TEXT_SOURCES,
} from './translation-config.ts';

/** What a translation job asks for, with every default filled in. Languages as the caller wrote them. */
export type TranslationSettings = {
  /** `subtitle`: what was said is shown in the other language. `speech`: it is also spoken in it. */
  readonly level: 'subtitle' | 'speech';
  readonly input: {
    readonly type: (typeof INPUT_TYPES)[number];
    /**
     * The video or the sound, as the caller addressed it; of a second pass that names none, that of the first one.
     * Undefined for the type Subtitle.
     */
    readonly media: string | undefined;
    /** The subtitle file, as the caller addressed it. Given for the type Subtitle and the text source SubtitleFile. */
    readonly subtitle: string | undefined;
  };
  /** Undefined: the language that the recognizer hears. */
  readonly source: string | undefined;
  /** At least one; no two the same. */
  readonly targets: readonly string[];
  readonly output: {
    /** As the caller wrote it, with its placeholder. */
    readonly mediaUrl: string;
    /** Pixels. Undefined: as the source; one alone keeps the proportions. */
    readonly width: number | undefined;
    readonly height: number | undefined;
  };
  /** SubtitleFile wherever a subtitle is the input or corrects an earlier job. */
  readonly textSource: (typeof TEXT_SOURCES)[number];
  /** Where text in the picture is read; `Auto`: wherever text keeps standing. */
  readonly ocrArea: 'Auto' | FrameArea;
  /** What is painted over; undefined: nothing. */
  readonly detext: 'Auto' | readonly FrameArea[] | undefined;
  /** Both languages in the picture and in a subtitle file of their own. */
  readonly bilingual: boolean;
  /** What the subtitle file of the caller holds. */
  readonly customSrtType: (typeof CUSTOM_SRT_TYPES)[number];
  readonly subtitleStyle: SubtitleStyle;
  /** Only what is said while a line of the subtitle file stands is translated; the rest stays as it is. */
  readonly subtitleTimeForce: boolean;
  /** What is sung stays as it is. */
  readonly skipSong: boolean;
  /** As VoiceConfig names it; undefined: a voice of the target language. */
  readonly voice: string | undefined;
  /** Pixels. The picture that sizes and places of the style were meant for; undefined: the picture of the output. */
  readonly canvas: { readonly width: number; readonly height: number } | undefined;
  /** The job whose findings this one starts from, with a corrected subtitle. */
  readonly originalJobId: string | undefined;
  readonly glossary: readonly GlossaryTerm[];
  /** The id of a library whose words are listened for, and translated as they say. */
  readonly hotwordLibrary: string | undefined;
  /** What was accepted without effect, a sentence each. */
  readonly warnings: readonly string[];
};

/** The object that is written for a language. */
export type TranslationTarget = {
  readonly language: string;
  readonly bucket: string;
  readonly key: string;
  /** The address of the object in the form in which the caller wrote it. */
  readonly mediaUrl: string;
};

/** The parameters of a translation job by their wire names, as the parameter table has checked them. */
export type TranslationParameters = Readonly<Partial<Record<string, string>>>;

/** Reads the parameters of a translation job. Parameters that break the rules are a fault of ours and throw. */
export function readTranslationSettings(parameters: TranslationParameters): TranslationSettings {
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> =>
    schema.parse(JSON.parse(parameters[name] || '{}'));
  const input = read('InputConfig', translationInput);
  const output = read('OutputConfig', translationOutput);
  const editing = read('EditingConfig', translationEditing);
  const level = editing.NeedSpeechTranslate === true ? 'speech' : 'subtitle';
  const own = (level === 'speech' ? editing.SpeechTranslate : editing.SubtitleTranslate) ?? {};
  const { FECanvas: canvas } = editing;
  const source = sourceOf(input, own.OriginalJobId, parameters[ORIGINAL_INPUT]);
  const textSource = textSourceOf(source, own.OriginalJobId, editing.TextSource ?? 'OCR_ASR');
  return {
    level,
    input: source,
    source: editing.SourceLanguage,
    targets: editing.TargetLanguage,
    output: { mediaUrl: output.MediaURL, width: output.Width, height: output.Height },
    textSource,
    ocrArea: own.OcrArea ?? 'Auto',
    detext: editing.DetextArea,
    bilingual: editing.BilingualSubtitle ?? false,
    customSrtType: own.CustomSrtType ?? editing.CustomSrtType ?? 'SourceSrt',
    subtitleStyle: subtitleStyle({ ...editing.SubtitleConfig, ...own.SubtitleConfig }),
    subtitleTimeForce: own.SubtitleTimeForce ?? false,
    skipSong: own.SkipSong ?? false,
    voice: own.VoiceConfig?.Voice,
    canvas:
      canvas?.Width === undefined || canvas.Height === undefined
        ? undefined
        : { width: canvas.Width, height: canvas.Height },
    originalJobId: own.OriginalJobId,
    glossary: (editing.Glossary ?? []).map(({ Source, Target }) => ({ source: Source, target: Target })),
    hotwordLibrary: editing.HotwordLibraryIdList,
    warnings: translationWarnings({ input: source, textSource }, output, editing),
  };
}

/** The parameter of a second pass that keeps what the first one was made from, as JSON `{type, media}`. */
export const ORIGINAL_INPUT = 'OriginalInput';

type WrittenInput = z.infer<typeof translationInput>;

function sourceOf(
  written: WrittenInput,
  originalJobId: string | undefined,
  original: string | undefined,
): TranslationSettings['input'] {
  const { Type: type, Subtitle: subtitle } = written;
  const media = type === 'Subtitle' ? undefined : written[type];
  if (media !== undefined || originalJobId === undefined || !original) return { type, media, subtitle };
  const first = JSON.parse(original) as Pick<TranslationSettings['input'], 'type' | 'media'>;
  return { type: first.type, media: first.media, subtitle };
}

/** A subtitle alone has no other text, nor has a second pass, and a sound has no picture to read from. */
function textSourceOf(
  { type, subtitle }: TranslationSettings['input'],
  originalJobId: string | undefined,
  asked: TranslationSettings['textSource'],
): TranslationSettings['textSource'] {
  if (type === 'Subtitle' || (originalJobId !== undefined && subtitle !== undefined)) return 'SubtitleFile';
  return type === 'Audio' && asked === 'OCR_ASR' ? 'ASR' : asked;
}

/** The placeholder of MediaURL, as it stands in a key and percent-encoded in a URL. */
const PLACEHOLDER = /\{language_id\}|%7Blanguage_id%7D/gi;

export function namesLanguage(address: string): boolean {
  return address.search(PLACEHOLDER) >= 0;
}

/** What a job writes, in the order of its target languages. */
export function translationTargets(
  { outputBucket, outputObject }: Pick<SmartJob, 'outputBucket' | 'outputObject'>,
  { targets, output }: Pick<TranslationSettings, 'targets' | 'output'>,
): TranslationTarget[] {
  return targets.map((language) => ({
    language,
    bucket: outputBucket,
    key: outputObject.replaceAll(PLACEHOLDER, language),
    // A query, such as that of a signed URL, is no part of the address.
    mediaUrl: output.mediaUrl.replace(/^(https?:[^?#]*)[?#].*$/is, '$1').replaceAll(PLACEHOLDER, language),
  }));
}

type WrittenStyle = NonNullable<z.infer<typeof translationEditing>['SubtitleConfig']>;

function subtitleStyle(written: Partial<WrittenStyle>): SubtitleStyle {
  const { Font, FontSize, FontColor, FontColorOpacity, X, Y, TextWidth, BorderStyle, Outline } = written;
  const alignment = ALIGNED[written.Alignment ?? ''] ?? written.Alignment;
  const fontColor = checkedColour(FontColor);
  const outlineColor = checkedColour(written.OutlineColour);
  return {
    ...(Font !== undefined && { font: Font }),
    ...(FontSize !== undefined && { fontSize: FontSize }),
    ...(fontColor !== undefined && { fontColor }),
    ...(FontColorOpacity !== undefined && { fontColorOpacity: FontColorOpacity }),
    ...(X !== undefined && { x: X }),
    ...(Y !== undefined && { y: Y }),
    ...(TextWidth !== undefined && TextWidth > 0 && { textWidth: TextWidth }),
    ...(alignment !== undefined && { alignment: alignment as NonNullable<SubtitleStyle['alignment']> }),
    ...(BorderStyle !== undefined && { borderStyle: BorderStyle }),
    ...(Outline !== undefined && { outline: Outline }),
    ...(outlineColor !== undefined && { outlineColor }),
  };
}

/** The short words place the text across the picture only; callers send them with an X and a Y. */
const ALIGNED: Readonly<Record<string, string>> = {
  Left: 'CenterLeft',
  Center: 'CenterCenter',
  Right: 'CenterRight',
};
