import { z } from 'zod';
import { isLanguage } from '../engines/chart/chart-language.ts';
import { CHART_STYLES } from '../engines/chart/chart-request.ts';
import { checkedColour } from '../engines/chart/colour.ts';
import { flag, optional, wholeNumber } from './lenient-json.ts';

/* The JSON parameters of a chart job. Keys that are not known are passed over, as the service does. */

/** Milliseconds. Ten minutes of video take some five minutes to make on two cores. */
const LONGEST_VIDEO = 600_000;
const OBJECT = 'a JSON object';
const ADDRESS = 'an address of at most 4096 characters';

export const chartInput = z.looseObject(
  {
    XlsFile: z.string('the address of a spreadsheet').min(1, 'the address of a spreadsheet').max(4096, ADDRESS),
    /** Ours. Excel lets the name of a sheet have 31 characters. */
    Sheet: text(255),
  },
  `${OBJECT} with XlsFile`,
);

export const chartOutputConfig = z.looseObject(
  {
    MediaURL: z.string('the address of an object').min(1, 'the address of an object').max(4096, ADDRESS),
    Bitrate: wholeNumber(100, 50_000, 'kbit/s'),
    Width: wholeNumber(128, 3840, 'pixels'),
    Height: wholeNumber(128, 3840, 'pixels'),
    /** Ours, as those after it. */
    FrameRate: wholeNumber(1, 60, 'frames a second'),
    Poster: flag(),
    Gif: flag(),
  },
  `${OBJECT} with MediaURL`,
);

export const chartConfig = z.looseObject(
  {
    Style: optional(z.enum(CHART_STYLES, CHART_STYLES.join(', '))),
    TitleStartTime: wholeNumber(0, LONGEST_VIDEO, 'milliseconds'),
    ChartStartTime: wholeNumber(0, LONGEST_VIDEO, 'milliseconds'),
    VideoDuration: wholeNumber(1000, LONGEST_VIDEO, 'milliseconds'),
    /** Ours. */
    Language: language(),
  },
  OBJECT,
);

/** ChartTitle, Subtitle, Unit and DataSource. */
export const chartTextConfig = z.looseObject(
  { Text: text(512), FontSize: fontSize(), FontColor: colour(), FontFile: text(128) },
  OBJECT,
);

export const chartAxisParams = z.looseObject(
  {
    FontFile: text(128),
    XAxisFontSize: fontSize(),
    YAxisFontSize: fontSize(),
    XAxisFontInterval: wholeNumber(0, 10_000),
    /** The documented example has "30" here, which is no colour: passed over, so that the example runs. */
    AxisColor: z.preprocess((value) => (/^\d{1,2}$/.test(String(value)) ? undefined : value), colour()).optional(),
  },
  OBJECT,
);

export const chartBackground = z.looseObject(
  { Color: colour(), ImageUrl: optional(z.string(ADDRESS).max(4096, ADDRESS)) },
  OBJECT,
);

function text(longest: number) {
  const range = `a text of at most ${longest} characters`;
  return optional(
    z.preprocess(
      (value) => (typeof value === 'number' ? String(value) : value),
      z.string(range).max(longest, range),
    ),
  );
}

function language() {
  const range = 'the tag of a language, such as en, de or zh-TW';
  return optional(z.string(range).max(35, range).refine(isLanguage, range));
}

function fontSize() {
  return wholeNumber(6, 400, 'pixels');
}

function colour() {
  const range = 'a colour: #rgb, #rrggbb or #rrggbbaa';
  return optional(z.string(range).refine((value) => checkedColour(value) !== undefined, range));
}
