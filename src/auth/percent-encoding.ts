const UNRESERVED_ONLY = /^[A-Za-z0-9\-_.~]*$/;
const LEFT_RAW_BY_JAVASCRIPT = /[!'()*]/g;

/**
 * Percent-encodes the UTF-8 bytes of the text as RFC 3986 has it: only `A-Z a-z 0-9 - _ . ~` stay, a space is
 * `%20`. Most names and values are plain and come back as they are.
 */
export function percentEncode(text: string): string {
  if (UNRESERVED_ONLY.test(text)) return text;
  return encodeAnyText(text).replaceAll(
    LEFT_RAW_BY_JAVASCRIPT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `percentEncode` applied twice. The percent signs of the first pass are all that the second one changes. */
export function percentEncodeTwice(text: string): string {
  return UNRESERVED_ONLY.test(text) ? text : percentEncode(text).replaceAll('%', '%25');
}

/** Half a surrogate pair has no UTF-8 form, and encodeURIComponent throws on it: it becomes U+FFFD. */
function encodeAnyText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
  }
}
