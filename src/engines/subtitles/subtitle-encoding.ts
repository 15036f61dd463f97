import { decodedText, looksWestern } from '../decode-text.ts';

export type DecodedSubtitles = { readonly text: string; readonly notes: readonly string[] };

/**
 * Old subtitle files of China are in GB18030, those of Western Europe in Windows-1252; almost every text of the second
 * kind is valid in the first, where its letters become rare Chinese characters.
 */
export function decodedSubtitles(bytes: Uint8Array): DecodedSubtitles | undefined {
  const isUnmarked = !(bytes[0] === 0xff && bytes[1] === 0xfe) && !(bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = decodedText(bytes, []);
  if (text !== undefined) return { text, notes: [] };
  if (!isUnmarked) return undefined;
  const encoding = looksWestern(bytes) ? 'windows-1252' : 'gb18030';
  const other = decodedText(bytes, [encoding]);
  const name = encoding === 'gb18030' ? 'GB18030' : 'Windows-1252';
  return other === undefined
    ? undefined
    : { text: other, notes: [`The file is not in UTF-8; it was read as ${name}.`] };
}
