import { z } from 'zod';
import { numberInText, optional, wholeNumber } from './lenient-json.ts';

/** Hz. The page names none; these are what the cloud's voices are documented to have, and what SSML takes. */
const SAMPLE_RATES = [8000, 16_000, 22_050, 24_000, 48_000];

const FORMATS = ['PCM', 'WAV', 'MP3'] as const;

/**
 * EditingConfig of a speech job. Keys that are not known are passed over, as the service does; null and `''` count as
 * absent; numbers may be written as text. Whether a voice is there is not asked here: voices come and go.
 */
export const ttsEditingConfig = z.looseObject(
  {
    /** Absent: the first voice that is listed for the language of the text. */
    voice: optional(
      z
        .string('the id of a voice; ListSmartVoiceGroups lists them')
        .max(256, 'the id of a voice, at most 256 characters; ListSmartVoiceGroups lists them'),
    ),
    /** The documented key wins over `voice`, so that to pass it over would be to speak with a wrong voice. */
    customizedVoice: optional(
      z.undefined('nothing: this server clones no voices; leave the key out and name one in voice'),
    ),
    /** In upper or lower case. Absent: MP3, as in the documented example. */
    format: optional(
      z.preprocess(
        (value) => (typeof value === 'string' ? value.trim().toUpperCase() : value),
        z.enum(FORMATS, FORMATS.join(', ')),
      ),
    ),
    /** 0 is silent. Absent: 50, as documented. */
    volume: wholeNumber(0, 100),
    /** -500 is half the speed, 500 is twice the speed. Absent: 0, as documented. */
    speech_rate: wholeNumber(-500, 500),
    /** Absent: 0, as documented. */
    pitch_rate: wholeNumber(-500, 500),
    /** Hz. Absent: that of the voice; the page gives no default. */
    sample_rate: optional(
      z.preprocess(
        numberInText,
        z.number(SAMPLE_RATES.join(', ')).refine((rate) => SAMPLE_RATES.includes(rate), SAMPLE_RATES.join(', ')),
      ),
    ),
  },
  'a JSON object',
);
