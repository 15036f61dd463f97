import { box, boxesOf, findBox, patched } from './boxes.ts';
import type { HostileFile } from './hostile-file.ts';

/**
 * MP4 files that lie about what is in them.
 * @param mp4 a tone of two seconds
 * @param video the same with an uncompressed picture, so that only the container says how large it is
 */
export function mp4s(mp4: Buffer, video: Buffer): HostileFile[] {
  const files: Record<string, [Buffer, string]> = {
    'ten million seconds long': [withDuration(mp4, 10_000_000), 'InputFileTooLarge'],
    'as long as can be said': [withDuration(mp4, 0xffff_fffe), 'InputFileTooLarge'],
    'of 65535 by 65535 pixels': [withPicture(video, 0xffff, 0xffff), 'NoValidVocal'],
    'of 1000 tracks': [withTracks(mp4, 1000), 'InputFileUnreadable'],
    'whose samples lie in another file': [withForeignData(mp4), 'InputFileUnreadable'],
    'of four billion samples': [patched(mp4, 'stsz', 12, [0xff, 0xff, 0xff, 0xff]), 'InputFileUnreadable'],
    'whose index claims four gigabytes': [patched(mp4, 'moov', -4, [0xff, 0xff, 0xff, 0xff]), 'NoValidVocal'],
    'whose boxes are nested 5000 deep': [nested(5000), 'InputFileUnreadable'],
    'whose boxes have no length': [
      Buffer.concat([box('ftyp', Buffer.from('isom')), Buffer.alloc(4096)]),
      'InputFileUnreadable',
    ],
  };
  const cuts = boxesOf(mp4).flatMap(({ type, start, end }) => [
    { name: `cut before ${type}`, content: mp4.subarray(0, start) },
    { name: `cut within ${type}`, content: mp4.subarray(0, (start + end) >> 1) },
  ]);
  // The index comes last here, so none of the cuts has it whole.
  return [
    ...Object.entries(files).map(([name, [content, code]]) => mp4File(name, content, code)),
    ...cuts.map(({ name, content }) => mp4File(name, content, 'InputFileUnreadable')),
  ];
}

function mp4File(name: string, content: Buffer, code: string): HostileFile {
  return { name: `MP4 ${name}`, key: `${name.replaceAll(' ', '-')}.wav`, content, code };
}

/** In all three places where an MP4 says how long it is, at one tick a second. */
function withDuration(mp4: Buffer, seconds: number): Buffer {
  const bytes = [seconds >>> 24, (seconds >>> 16) & 0xff, (seconds >>> 8) & 0xff, seconds & 0xff];
  const oneHertz = [0, 0, 0, 1];
  let file = patched(mp4, 'mvhd', 16, [...oneHertz, ...bytes]);
  file = patched(file, 'mdhd', 16, [...oneHertz, ...bytes]);
  file = patched(file, 'tkhd', 24, bytes);
  // An edit list would cut it to its real length.
  return Buffer.from(file.toString('latin1').replaceAll('edts', 'free'), 'latin1');
}

function withPicture(video: Buffer, width: number, height: number): Buffer {
  return patched(video, 'raw ', 28, [width >> 8, width & 0xff, height >> 8, height & 0xff]);
}

function withTracks(mp4: Buffer, count: number): Buffer {
  const [head, index, track] = [findBox(mp4, 'ftyp'), findBox(mp4, 'mvhd'), findBox(mp4, 'trak')];
  const part = (at: { start: number; end: number }): Buffer => mp4.subarray(at.start, at.end);
  return Buffer.concat([part(head), box('moov', part(index), ...Array.from({ length: count }, () => part(track)))]);
}

/** A data reference that is not the file itself, with a path up to the root. */
function withForeignData(mp4: Buffer): Buffer {
  const foreign = Buffer.from(mp4);
  const at = findBox(mp4, 'url ').start;
  foreign.writeUInt32BE(0, at + 8); // no longer "in this file"
  foreign.write('alis', at + 4, 'latin1');
  // No samples here: what would be heard would come from elsewhere.
  return foreign.fill(0, findBox(mp4, 'mdat').start + 8, findBox(mp4, 'mdat').end);
}

function nested(depth: number): Buffer {
  let inner: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level += 1) inner = box(level % 2 === 0 ? 'moov' : 'trak', inner);
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1')), inner]);
}
