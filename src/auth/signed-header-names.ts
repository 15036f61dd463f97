/** How many lists are kept. The clients of a server send a handful between them. */
const KEPT_LISTS = 64;
const LONGEST_KEPT = 512;

const kept = new Map<string, readonly string[]>();

/**
 * The names of a `SignedHeaders` part in lower case, sorted; undefined where one is empty or comes twice: one long
 * header named thousands of times would make megabytes to hash.
 *
 * Lists are kept, because splitting and looking up fresh strings was a fifth of what verifying costs.
 */
export function signedHeaderNames(text: string): readonly string[] | undefined {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const names = text.toLowerCase().split(';').toSorted();
  if (names.some((name, index) => name === '' || name === names[index + 1])) return undefined;
  if (text.length <= LONGEST_KEPT) {
    if (kept.size >= KEPT_LISTS) kept.clear();
    kept.set(text, names);
  }
  return names;
}
