import { z } from 'zod';
import { speechExtension, type SpeechFormat } from '../engines/tts/audio/encode-speech.ts';
import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import { bucketNameProblem, objectKeyProblem } from '../objects/object-name.ts';
import type { OutputObject } from './refuse-output.ts';

const NAME = 'a bucket, 3 to 63 lower-case letters, digits and hyphens';
const KEY = 'the key of an object, without an extension';

/** OutputConfig of a speech job. */
export const ttsOutputConfig = z.looseObject(
  { bucket: z.string(NAME).min(1, NAME), object: z.string(KEY).min(1, KEY) },
  'a JSON object with bucket and object',
);

export type TtsOutput = OutputObject & { readonly kind: 'output' };

/**
 * Where a job writes: the extension of the format is put behind the key, as documented, unless it stands there.
 * @param config as the parameter table has checked it
 */
export function readOutput(config: string, format: SpeechFormat): TtsOutput | Refusal {
  const { bucket, object } = ttsOutputConfig.parse(JSON.parse(config));
  const bucketProblem = bucketNameProblem(bucket);
  if (bucketProblem !== undefined)
    return refuse('InvalidParameter', `'OutputConfig.bucket' is invalid. ${bucketProblem}`);
  const extension = `.${speechExtension(format)}`;
  const key = object.toLowerCase().endsWith(extension) ? object : `${object}${extension}`;
  const keyProblem = objectKeyProblem(key);
  if (keyProblem !== undefined)
    return refuse('InvalidParameter', `'OutputConfig.object' is invalid. ${keyProblem}`);
  if (object.endsWith('/')) return refuseValue('OutputConfig.object', object, `${KEY}, not a folder`);
  return { kind: 'output', bucket, key, bucketField: 'OutputConfig.bucket', keyField: 'OutputConfig.object' };
}
