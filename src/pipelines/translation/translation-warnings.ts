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
export function translationWarnings({ input, textSource }: Source, output: Output, editing: Editing): string[] {
  const { type, subtitle } = input;
  const isSpeech = editing.NeedSpeechTranslate === true;
  const own = isSpeech ? 'SpeechTranslate' : 'SubtitleTranslate';
  const others = (['SubtitleTranslate', 'SpeechTranslate', 'FaceTranslate'] as const).filter(
    (name) => name !== own && Object.keys(editing[name] ?? {}).length > 0,
  );
  const hasSize = output.Width !== undefined || output.Height !== undefined;
  const { FECanvas: canvas } = editing;
  const isHalf = canvas !== undefined && (canvas.Width === undefined || canvas.Height === undefined);
  const noPicture = `the input is of Type ${type}, without a picture.`;
  return [
    ...(editing.SupportEditing === true
      ? [
          'SupportEditing has no effect: there is no editing project. ' +
            'Correct the subtitle, and submit it with OriginalJobId.',
        ]
      : []),
    ...others.map((name) => `${name} has no effect: ${LEVELS[name]}.`),
    ...(type !== 'Video' && editing.DetextArea !== undefined ? [`DetextArea has no effect: ${noPicture}`] : []),
    ...(type !== 'Video' && hasSize ? [`Width and Height have no effect: ${noPicture}`] : []),
    ...(isSpeech
      ? []
      : spokenOnly(editing.SubtitleTranslate).map((name) => `${name} has no effect: nothing is spoken.`)),
    ...(isHalf ? ['FECanvas has no effect: it wants both Width and Height.'] : []),
    ...(subtitle !== undefined && textSource !== 'SubtitleFile'
      ? [`InputConfig.Subtitle is not read: TextSource is ${textSource}, not SubtitleFile.`]
      : []),
  ];
}

/** The keys of speech, where there are any. */
function spokenOnly({
  VoiceConfig: voice,
  SkipSong: skipSong,
}: NonNullable<Editing['SubtitleTranslate']> = {}): string[] {
  return [
    ...(voice?.Voice === undefined ? [] : ['SubtitleTranslate.VoiceConfig']),
    ...(skipSong === true ? ['SubtitleTranslate.SkipSong'] : []),
  ];
}
