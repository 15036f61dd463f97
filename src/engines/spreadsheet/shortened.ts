/** A text of at most so many characters, never cut within one; what was cut is told by its end. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Of each character there are two units at most: the rest of a text of megabytes need not be looked at.
  const letters = Array.from(text.slice(0, 2 * most + 2));
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

/** A name from a file as an error says it: files may have names of megabytes. */
export function quoted(name: string): string {
  return JSON.stringify(shortened(name, 100));
}
