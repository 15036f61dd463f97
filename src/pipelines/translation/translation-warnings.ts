import type { z } from 'zod';
import type { INPUT_TYPES, TEXT_SOURCES, translationEditing, translationOutput } from './translation-config.ts';

type Editing = z.infer<typeof translationEditing>;
type Output = z.infer<typeof translationOutput>;

/** What the text is taken from, as the settings have it. */
type Source = {
  readonly input: { readonly type: (typeof INPUT_TYPES)[number]; readonly subtitle: string | undefined };
  readonly textSource: (typeof TEXT_SOURCES)[number];
};

const LEVELS = {
  SubtitleTranslate: 'it belongs to the subtitle level',
  SpeechTranslate: 'it belongs to the speech level (NeedSpeechTranslate true)',
  FaceTranslate: 'it belongs to the lip-sync level, which there is none of here',
} as const;

/** What a job was given and is accepted without effect, a sentence each. */
export function translationWarnings(source: Source, output: Output, editing: Editing): string[] {
  const isSpeech = editing.NeedSpeechTranslate === true;
  const own = isSpeech ? 'SpeechTranslate' : 'SubtitleTranslate';
  const others = (['SubtitleTranslate', 'SpeechTranslate', 'FaceTranslate'] as const).filter(
    (name) => name !== own && Object.keys(editing[name] ?? {}).length > 0,
  );
  const editable =
    'SupportEditing has no effect: there is no editing project. ' +
    'Correct the subtitle, and submit it with OriginalJobId.';
  return [
    ...(editing.SupportEditing === true ? [editable] : []),
    ...others.map((name) => `${name} has no effect: ${LEVELS[name]}.`),
    ...ofPicture(source, output, editing, editing[own]),
    ...(isSpeech ? [] : ofSpeech(editing.SubtitleTranslate)),
    ...ofText(source, editing, editing[own]),
  ];
}

type OfLevel = Editing['SubtitleTranslate'];
/** What there is only some of the time, and its sentence. */
type Remark = readonly [isThere: boolean, sentence: string];

function ofPicture({ input: { type } }: Source, output: Output, editing: Editing, level: OfLevel): string[] {
  const { FECanvas: canvas } = editing;
  if (type === 'Video') {
    const isHalf = canvas !== undefined && (canvas.Width === undefined || canvas.Height === undefined);
    return told([[isHalf, 'FECanvas has no effect: it wants both Width and Height.']]);
  }
  const noPicture = `no effect: the input is of Type ${type}, without a picture.`;
  return told([
    [editing.DetextArea !== undefined, `DetextArea has ${noPicture}`],
    [output.Width !== undefined || output.Height !== undefined, `Width and Height have ${noPicture}`],
    [(editing.SubtitleConfig ?? level?.SubtitleConfig) !== undefined, `SubtitleConfig has ${noPicture}`],
    [canvas !== undefined, `FECanvas has ${noPicture}`],
  ]);
}

function ofSpeech({ VoiceConfig: voice, SkipSong: skipSong }: NonNullable<OfLevel> = {}): string[] {
  const nothing = 'has no effect: nothing is spoken.';
  return told([
    [voice?.Voice !== undefined, `SubtitleTranslate.VoiceConfig ${nothing}`],
    [skipSong === true, `SubtitleTranslate.SkipSong ${nothing}`],
  ]);
}

function ofText({ input, textSource }: Source, editing: Editing, level: OfLevel): string[] {
  const isOfFile = textSource === 'SubtitleFile';
  const srtType = level?.CustomSrtType ?? editing.CustomSrtType;
  const isTranslated = isOfFile && srtType !== undefined && srtType !== 'SourceSrt';
  const terms = (['Glossary', 'HotwordLibraryIdList'] as const).filter((name) => editing[name] !== undefined);
  const from = `TextSource is ${textSource}`;
  return [
    ...told([
      [
        level?.OcrArea !== undefined && (isOfFile || textSource === 'ASR'),
        `OcrArea has no effect: ${from}, and nothing is read from the picture.`,
      ],
      [srtType !== undefined && !isOfFile, `CustomSrtType has no effect: ${from}, and no subtitle is read.`],
      [input.subtitle !== undefined && !isOfFile, `InputConfig.Subtitle is not read: ${from}, not SubtitleFile.`],
    ]),
    ...(isTranslated ? terms : []).map((name) => `${name} has no effect: the subtitle is translated already.`),
  ];
}

function told(remarks: readonly Remark[]): string[] {
  return remarks.flatMap(([isThere, sentence]) => (isThere ? [sentence] : []));
}
