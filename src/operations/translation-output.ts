import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { AccountId } from '../jobs/account.ts';
import { mayBeObject } from '../objects/object-address.ts';
import { inputAddress } from '../pipelines/input-address.ts';
import { isSubtitleText } from '../pipelines/translation/subtitle-text.ts';
import { translationTargets, type TranslationSettings } from '../pipelines/translation/translation-settings.ts';
import { refuseOutput } from './refuse-output.ts';
import type { OperationServices } from './services.ts';
import { refuseOutputName } from './translation-refusals.ts';

/** Its placeholder, if it has one, is in its key. */
export type TranslationOutput = { readonly bucket: string; readonly key: string };

/** The object that the call names for the output, if the job may write it. */
export async function readTranslationOutput(
  account: AccountId,
  settings: TranslationSettings,
  services: OperationServices,
): Promise<TranslationOutput | Refusal> {
  const { addressOf, objects } = services;
  const field = 'OutputConfig.MediaURL';
  const { mediaUrl } = settings.output;
  const address = addressOf(mediaUrl);
  if (address.kind === 'invalid') return refuse('InvalidParameter', `'${field}' is invalid. ${address.reason}`);
  if (address.kind === 'url') {
    return refuseValue(field, mediaUrl, 'oss://bucket/key or https://bucket.oss-<region>.aliyuncs.com/key');
  }
  const { bucket, key } = address;
  const wrongName = refuseOutputName(settings, key);
  if (wrongName !== undefined) return wrongName;
  for (const target of translationTargets({ outputBucket: bucket, outputObject: key }, settings)) {
    const names = { bucketField: field, keyField: field };
    const refusal =
      (await refuseOutput(account, { bucket, key: target.key, ...names }, true, objects)) ??
      (await refuseInputAsOutput(account, settings, { bucket, key: target.key }, services));
    if (refusal !== undefined) return refusal;
  }
  return { bucket, key };
}

/** Else the input is lost, and a job that runs again translates what it had made. */
async function refuseInputAsOutput(
  account: AccountId,
  { input, output }: TranslationSettings,
  { bucket, key }: TranslationOutput,
  { media, addressOf }: OperationServices,
): Promise<Refusal | undefined> {
  const named = inputAddress(media, addressOf);
  for (const one of [input.media, input.subtitle]) {
    if (one === undefined || isSubtitleText(one) || !mayBeObject(await named(account, one), bucket, key)) continue;
    return refuseValue('OutputConfig.MediaURL', output.mediaUrl, 'an object other than the inputs of the job');
  }
  return undefined;
}
