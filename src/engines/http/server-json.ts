/**
 * JSON as speech servers write it: some are Python programs whose NaN and Infinity (the confidence of an empty
 * segment, say) are no JSON; they become null. Undefined where it is no JSON even so.
 */
export function parseServerJson(text: string): { readonly json: unknown } | undefined {
  return parse(text.replace(/^\uFEFF/, '')) ?? parse(text.replaceAll(STRING_OR_NON_NUMBER, withoutNonNumber));
}

/** A string whole, so that what stands inside is left alone; or a number that JSON does not have. */
const STRING_OR_NON_NUMBER = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function withoutNonNumber(match: string): string {
  return match.startsWith('"') ? match : 'null';
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
