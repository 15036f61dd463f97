/** An account: 16 decimal digits, below 2^53, so that the wire's JSON numbers are exact in every client. */
export type AccountId = string & { readonly __brand: 'AccountId' };

/** The account id, or undefined where the text is not 16 digits or not below 2^53. */
export function parseAccountId(text: string): AccountId | undefined {
  if (!/^[1-9]\d{15}$/.test(text) || !Number.isSafeInteger(Number(text))) return undefined;
  return text as AccountId;
}
