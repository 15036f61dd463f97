/**
 * Whether a caller wrote the subtitle itself where its address stands, as a public program of the service documents it.
 * It has lines, and times in them; an address has neither.
 */
export function isSubtitleText(input: string): boolean {
  return /[\n\r]/.test(input) && input.includes('-->');
}
