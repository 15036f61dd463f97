import type { z } from 'zod';
import { canonicalTag, isSameLanguage } from '../engines/translation/language-tags.ts';
import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { translationEditing, translationOutput } from '../pipelines/translation/translation-config.ts';
import { namesLanguage, type TranslationSettings } from '../pipelines/translation/translation-settings.ts';

const NOT_SUPPORTED = 'InvalidParameter.NotSupport';

/** What the service has and this server has not. */
export function refuseUnserved(
  editing: z.infer<typeof translationEditing>,
  output: z.infer<typeof translationOutput>,
): Refusal | undefined {
  if (editing.NeedFaceTranslate === true) {
    return refuse(
      NOT_SUPPORTED,
      "'EditingConfig.NeedFaceTranslate' is invalid, input: true, value range: false. Lips are not made to move here. " +
        'There are the speech level (NeedSpeechTranslate true: the other language is spoken) and the subtitle level ' +
        '(both false: it is shown).',
    );
  }
  const { OutputTarget: target } = output;
  if (target === undefined || target.toUpperCase() === 'OSS') return undefined;
  return refuse(
    NOT_SUPPORTED,
    `'OutputConfig.OutputTarget' is invalid, input: ${target.slice(0, 64)}, value range: OSS. There is no VOD storage ` +
      'here: leave OutputTarget out, and name an object in MediaURL.',
  );
}

/** What does not go together. */
export function refuseSettings(settings: TranslationSettings): Refusal | undefined {
  return refuseInputType(settings) ?? refuseTextSource(settings) ?? refuseLanguages(settings);
}

function refuseInputType({ level, input, originalJobId }: TranslationSettings): Refusal | undefined {
  const { type, media, subtitle } = input;
  const field = 'InputConfig.Type';
  const ofFirstPass =
    originalJobId === undefined ? '' : ' Where no file of a Type is named, it is that of the job of OriginalJobId.';
  if (level === 'subtitle' && type === 'Audio') {
    return refuseValue(
      field,
      type,
      `Video, Subtitle where NeedSpeechTranslate is false. For the text of a recording, SubmitASRJob; to have it spoken in another language, set NeedSpeechTranslate to true.${ofFirstPass}`,
    );
  }
  if (level === 'speech' && type === 'Subtitle') {
    return refuseValue(
      field,
      type,
      `Video, Audio where NeedSpeechTranslate is true. To have a subtitle spoken over a video, set Type to Video, name both, and set TextSource to SubtitleFile.${ofFirstPass}`,
    );
  }
  if (type !== 'Subtitle' && media === undefined) {
    return refuseValue(
      `InputConfig.${type}`,
      'nothing',
      `a media id or the address of a file, since Type is ${type}`,
    );
  }
  if (type === 'Subtitle' && subtitle === undefined) {
    return refuseValue(
      'InputConfig.Subtitle',
      'nothing',
      'a media id or the address of a subtitle, since Type is Subtitle',
    );
  }
  return undefined;
}

function refuseTextSource(settings: TranslationSettings): Refusal | undefined {
  const { level, input, textSource, originalJobId } = settings;
  const field = 'EditingConfig.TextSource';
  if (originalJobId !== undefined && input.subtitle === undefined) {
    return refuseValue('InputConfig.Subtitle', 'nothing', 'the corrected subtitle, since OriginalJobId is given');
  }
  if (textSource === 'SubtitleFile' && input.subtitle === undefined) {
    return refuseValue('InputConfig.Subtitle', 'nothing', 'a subtitle, since TextSource is SubtitleFile');
  }
  if (textSource === 'ALL' && level === 'speech') {
    return refuseValue(field, textSource, 'OCR_ASR, ASR, OCR, SubtitleFile where NeedSpeechTranslate is true');
  }
  if (input.type === 'Audio' && (textSource === 'OCR' || textSource === 'ALL')) {
    return refuseValue(field, textSource, 'ASR, SubtitleFile where Type is Audio: there is no picture to read');
  }
  return undefined;
}

/** Whether the caller brings the translation, so that no engine is needed. */
export function bringsTranslation({ textSource, customSrtType }: TranslationSettings): boolean {
  return textSource === 'SubtitleFile' && customSrtType !== 'SourceSrt';
}

function refuseLanguages(settings: TranslationSettings): Refusal | undefined {
  const { source, targets, textSource, customSrtType } = settings;
  const field = 'EditingConfig.TargetLanguage';
  const all = targets.join(',');
  const again = targets.find((tag, at) => targets.findIndex((other) => isSameTag(other, tag)) < at);
  if (again !== undefined) return refuseValue(field, all, `each language once; ${again} is there twice`);
  if (targets.length > 1 && bringsTranslation(settings)) {
    return refuseValue(field, all, `one language where CustomSrtType is ${customSrtType}: the subtitle has one`);
  }
  if (source !== undefined) {
    const same = targets.find((tag) => isSameLanguage(source, tag));
    return same === undefined
      ? undefined
      : refuseValue(field, all, `languages other than SourceLanguage, ${source}`);
  }
  const isHeard = textSource !== 'SubtitleFile' && textSource !== 'OCR';
  if (isHeard || bringsTranslation(settings)) return undefined;
  const range = `the language of the text, which is not heard where TextSource is ${textSource}`;
  return refuseValue('EditingConfig.SourceLanguage', 'nothing', range);
}

function isSameTag(one: string, other: string): boolean {
  return canonicalTag(one) === canonicalTag(other);
}

/** What the name of the output has to be like. @param key of the object, with its placeholder */
export function refuseOutputName(
  { input, targets, output }: TranslationSettings,
  key: string,
): Refusal | undefined {
  const field = 'OutputConfig.MediaURL';
  const extensions = EXTENSIONS[input.type];
  const extension = /[^/](\.[^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
  if (!extensions.includes(extension)) {
    const range = `the name of an object that ends in ${extensions.join(' or ')}, since Type is ${input.type}`;
    return refuseValue(field, output.mediaUrl, range);
  }
  if (targets.length === 1 || namesLanguage(key)) return undefined;
  return refuseValue(
    field,
    output.mediaUrl,
    `a name with {language_id} in it, for there are ${targets.length} languages`,
  );
}

/** `.vtt` is ours. */
const EXTENSIONS: Readonly<Record<TranslationSettings['input']['type'], readonly string[]>> = {
  Video: ['.mp4'],
  Audio: ['.wav'],
  Subtitle: ['.srt', '.vtt'],
};
