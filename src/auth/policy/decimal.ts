/**
 * The number that a text writes in digits, such as `42` or `-0.5`, or undefined. Numbers that floating point cannot
 * tell from their neighbours (beyond 15 digits, except whole numbers below 2^53) are refused, since two different
 * texts would be equal.
 */
export function readDecimal(text: string): number | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const exact = text.replaceAll(/\D/g, '').length <= 15 || (Number.isSafeInteger(number) && !text.includes('.'));
  return exact ? number : undefined;
}
