/**
 * JSON as speech servers write it: some are Python programs whose NaN and Infinity (the confidence of an empty
 * segment, say) are no JSON; they become null. Undefined where it is no JSON even so.
 */
export function parseServerJson(text: string): { readonly json: unknown } | undefined {
  const bare = text.replace(/^\uFEFF/, '');
  return parse(bare) ?? parse(withoutNonNumbers(bare));
}

/** Quotes one by one and not strings whole: a pattern for these overflows the stack at some megabytes. */
function withoutNonNumbers(text: string): string {
  let isString = false;
  return text.replaceAll(/\\.|"|-?\b(?:NaN|Infinity)\b/gs, (token) => {
    if (token === '"') isString = !isString;
    return isString || token === '"' || token.startsWith('\\') ? token : 'null';
  });
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
