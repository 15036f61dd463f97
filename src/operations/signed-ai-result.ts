import type { AccountId } from '../jobs/account.ts';
import type { OperationServices } from './services.ts';

/**
 * The AiResult of a translation with a link beside each address in it, under its name and `Signed`, as the service has
 * it for the subtitle: whoever has the link reads the object for an hour. Made at each call: links expire.
 */
export function signedAiResult(
  account: AccountId,
  aiResult: string,
  { addressOf, outputs }: Pick<OperationServices, 'addressOf' | 'outputs'>,
): string {
  const signed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
        const entry: [string, unknown] = [name, signed(part)];
        if (typeof part !== 'string' || !/URL(ForFix)?$/.test(name)) return [entry];
        const address = addressOf(part);
        if (address.kind !== 'object') return [entry];
        return [entry, [`${name}Signed`, outputs.linkTo(account, `oss://${address.bucket}/${address.key}`)]];
      }),
    );
  };
  return aiResult === '' ? '' : JSON.stringify(signed(JSON.parse(aiResult)));
}
