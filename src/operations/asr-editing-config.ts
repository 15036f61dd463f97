import { z } from 'zod';

/** EditingConfig of an ASR job. Keys that are not known are passed over, as the service does. */
export const asrEditingConfig = z
  .looseObject(
    {
      // A single id for all its name, as the service has it.
      HotwordLibraryIdList: z.string('one id of a hotword library, as a string').optional(),
      SentenceMaxLength: z.int('4-50').min(4, '4-50').max(50, '4-50').optional(),
      EnableSemanticSentenceDetection: z.boolean('true, false').optional(),
      Language: z
        .string('a language code such as en or zh-CN')
        .regex(/^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/, 'a language code such as en or zh-CN')
        .optional(),
      EnableSpeakerDiarization: z.boolean('true, false').optional(),
      SpeakerCount: z.int('1-20').min(1, '1-20').max(20, '1-20').optional(),
    },
    'a JSON object',
  )
  .refine(
    ({ SpeakerCount, EnableSpeakerDiarization }) => SpeakerCount === undefined || EnableSpeakerDiarization === true,
    {
      path: ['SpeakerCount'],
      message: 'nothing, unless EnableSpeakerDiarization is true',
    },
  );
