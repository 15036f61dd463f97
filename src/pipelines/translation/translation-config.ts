import { z } from 'zod';
import { checkedColour } from '../../engines/chart/colour.ts';
import { canonicalTag } from '../../engines/translation/language-tags.ts';
import { decimal, flag, numberInText, optional, wholeNumber } from '../lenient-json.ts';
import { frameArea, frameAreas, jsonInText } from './frame-area-text.ts';
import { isSubtitleText } from './subtitle-text.ts';

/* The JSON parameters of a translation job. Keys that are not known are passed over, as the service does. */

export const INPUT_TYPES = ['Video', 'Audio', 'Subtitle'] as const;
export const TEXT_SOURCES = ['OCR_ASR', 'ASR', 'OCR', 'SubtitleFile', 'ALL'] as const;
export const CUSTOM_SRT_TYPES = ['SourceSrt', 'TargetSrt', 'BilingualSrtSrcFirst', 'BilingualSrtTgtFirst'] as const;
/** Where the text stands on its X and Y. `Center`, which callers send, is CenterCenter. */
const ALIGNMENTS = [
  ...['TopLeft', 'TopCenter', 'TopRight', 'CenterLeft', 'CenterCenter', 'CenterRight'],
  ...['BottomLeft', 'BottomCenter', 'BottomRight', 'Left', 'Center', 'Right'],
] as const;

/** As many as a video of two hours can be translated into within a day on two cores. */
const MOST_TARGETS = 20;
const MOST_TERMS = 500;
const OBJECT = 'a JSON object';
const LANGUAGE = 'a language code such as en, zh or pt-BR';
const ADDRESS = 'an address of at most 4096 characters';

export const translationInput = z.looseObject(
  {
    Type: z.enum(INPUT_TYPES, INPUT_TYPES.join(', ')),
    Video: address(),
    Audio: address(),
    /** Or the subtitle itself, as programs send it. */
    Subtitle: address(isSubtitleText),
  },
  `${OBJECT} with Type`,
);

export const translationOutput = z.looseObject(
  {
    OutputTarget: optional(z.string('OSS')),
    MediaURL: z.string('the address of an object').min(1, 'the address of an object').max(4096, ADDRESS),
    Width: wholeNumber(128, 4096, 'pixels'),
    Height: wholeNumber(128, 4096, 'pixels'),
  },
  `${OBJECT} with MediaURL`,
);

const subtitleConfig = optional(
  z.looseObject(
    {
      Font: text(128),
      /** 0 = no subtitles in the picture. */
      FontSize: wholeNumber(0, 400, 'pixels'),
      FontColor: colour(),
      FontColorOpacity: decimal(0, 1),
      X: decimal(0, 8192),
      Y: decimal(0, 8192),
      TextWidth: decimal(0, 8192),
      Alignment: optional(z.enum(ALIGNMENTS, ALIGNMENTS.join(', '))),
      BorderStyle: optional(z.preprocess(numberInText, z.union([z.literal(1), z.literal(3)], '1 or 3'))),
      Outline: wholeNumber(0, 50, 'pixels'),
      OutlineColour: colour(),
    },
    OBJECT,
  ),
);

/** SubtitleTranslate and SpeechTranslate. */
const levelConfig = optional(
  z.looseObject(
    {
      OcrArea: optional(frameArea()),
      CustomSrtType: optional(z.enum(CUSTOM_SRT_TYPES, CUSTOM_SRT_TYPES.join(', '))),
      SubtitleTimeForce: flag(),
      SubtitleConfig: subtitleConfig,
      OriginalJobId: text(64),
      SkipSong: optional(
        z.preprocess((value) => SWITCH.get(String(value).trim().toLowerCase()) ?? value, z.boolean('0 or 1')),
      ),
      VoiceConfig: optional(z.looseObject({ Voice: text(256) }, OBJECT)),
    },
    OBJECT,
  ),
);

export const translationEditing = z.looseObject(
  {
    SourceLanguage: optional(language()),
    TargetLanguage: languages(),
    DetextArea: optional(frameAreas()),
    SupportEditing: flag(),
    BilingualSubtitle: flag(),
    TextSource: optional(z.enum(TEXT_SOURCES, TEXT_SOURCES.join(', '))),
    CustomSrtType: optional(z.enum(CUSTOM_SRT_TYPES, CUSTOM_SRT_TYPES.join(', '))),
    NeedSpeechTranslate: flag(),
    NeedFaceTranslate: flag(),
    SubtitleTranslate: levelConfig,
    SpeechTranslate: levelConfig,
    /** Programs send it here as well; that of the level goes first. */
    SubtitleConfig: subtitleConfig,
    FaceTranslate: optional(z.looseObject({}, OBJECT)),
    FECanvas: optional(
      z.looseObject({ Width: wholeNumber(1, 8192, 'pixels'), Height: wholeNumber(1, 8192, 'pixels') }, OBJECT),
    ),
    /** One id for all its name, alone or in an array. */
    HotwordLibraryIdList: z.preprocess(
      (value) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value),
      optional(z.string('one id of a hotword library')),
    ),
    /** Ours. */
    Glossary: optional(
      z.preprocess(
        jsonInText,
        z
          .array(
            z.looseObject({ Source: term(), Target: term() }, `${OBJECT} with Source and Target`),
            'a JSON array',
          )
          .max(MOST_TERMS, `at most ${MOST_TERMS} pairs of terms`),
      ),
    ),
  },
  `${OBJECT} with TargetLanguage`,
);

const SWITCH = new Map([
  ['0', false],
  ['1', true],
  ['false', false],
  ['true', true],
]);

/** @param isElse what may stand there instead, of any length */
function address(isElse: (written: string) => boolean = () => false) {
  return optional(z.string(ADDRESS).refine((written) => written.length <= 4096 || isElse(written), ADDRESS));
}

function language() {
  return z.string(LANGUAGE).trim().refine(isLanguage, LANGUAGE);
}

/** One text, as the service has it, or an array: the fault is that of the whole, which is what the caller wrote. */
function languages() {
  const range = `1 to ${MOST_TARGETS} language codes such as en, zh or pt-BR, separated by commas`;
  return z.preprocess(
    (value) => (Array.isArray(value) ? value.join(',') : value),
    z
      .string(range)
      .transform((list) => list.split(',').map((code) => code.trim()))
      .refine((codes) => codes.length <= MOST_TARGETS && codes.every(isLanguage), range),
  );
}

function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/i.test(code) && canonicalTag(code) !== undefined;
}

function term() {
  const range = 'a text of 1 to 200 characters';
  return z.string(range).trim().min(1, range).max(200, range);
}

function text(longest: number) {
  const range = `a text of at most ${longest} characters`;
  return optional(z.string(range).trim().max(longest, range));
}

function colour() {
  const range = 'a colour: #rgb, #rrggbb or #rrggbbaa';
  return optional(z.string(range).refine((value) => checkedColour(value) !== undefined, range));
}
