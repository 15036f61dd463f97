/** What a segment is, by its first bytes; names and types that servers tell are not looked at. */
export type PartForm = 'ts' | 'mp4' | 'sound';

/** Bytes that are enough to tell. */
export const FORM_BYTES = 4096;

const TS_PACKET = 188;
const BOXES = new Set(['ftyp', 'styp', 'moof', 'moov', 'sidx', 'emsg', 'prft', 'free', 'skip', 'mdat', 'uuid']);

/** @returns undefined where it is nothing that a segment may be: text, a picture, another playlist */
export function partForm(start: Buffer): PartForm | undefined {
  if (start[0] === 0x47 && (start.length <= TS_PACKET || start[TS_PACKET] === 0x47)) return 'ts';
  if (BOXES.has(start.toString('latin1', 4, 8))) return 'mp4';
  if (start.toString('latin1', 0, 3) === 'ID3') return 'sound';
  const sync = start.length > 1 ? start.readUInt16BE(0) : 0;
  // Twelve bits of AAC, eleven of MP3; AC-3 has a word of its own.
  return (sync & 0xffe0) === 0xffe0 || sync === 0x0b77 ? 'sound' : undefined;
}

const TIME_OWNER = Buffer.from('com.apple.streaming.transportStreamTimestamp\0');

/**
 * Seconds at which packed sound begins, on the clock of the segments beside it. Sound alone has no timestamps: a tag
 * in front of it has one. Undefined where there is none.
 */
export function packedStart(start: Buffer): number | undefined {
  if (start.toString('latin1', 0, 3) !== 'ID3') return undefined;
  const at = start.indexOf(TIME_OWNER);
  const from = at + TIME_OWNER.length;
  if (at < 0 || from + 8 > start.length) return undefined;
  return Number(start.readBigUInt64BE(from) & 0x1_ffff_ffffn) / 90_000;
}
