import {
  invalid,
  type AudioRendition,
  type MasterPlaylist,
  type PlaylistProblem,
  type Variant,
} from './playlist.ts';
import { attributeList, wholeNumber, type Attributes, type PlaylistLine } from './playlist-lines.ts';

/** @param lines of a playlist that has a variant */
export function parseMaster(lines: readonly PlaylistLine[]): MasterPlaylist | PlaylistProblem {
  const variants: Variant[] = [];
  const audio: AudioRendition[] = [];
  for (const [index, { line, tag, value }] of lines.entries()) {
    if (tag !== 'EXT-X-STREAM-INF' && tag !== 'EXT-X-MEDIA') continue;
    const attributes = attributeList(value);
    if (attributes === undefined) return invalid(`Line ${line}: ${tag} has no list of attributes.`);
    if (tag === 'EXT-X-MEDIA') {
      if (attributes.get('TYPE') === 'AUDIO') audio.push(renditionOf(attributes));
      continue;
    }
    const next = lines[index + 1];
    if (next?.tag !== '') return invalid(`Line ${line}: no address follows EXT-X-STREAM-INF.`);
    variants.push(variantOf(attributes, next.value));
  }
  const [first, ...others] = variants;
  return first === undefined
    ? invalid('It has no variant.')
    : { kind: 'master', variants: [first, ...others], audio };
}

function variantOf(attributes: Attributes, uri: string): Variant {
  const [, width, height] = /^(\d{1,6})[xX](\d{1,6})$/.exec(attributes.get('RESOLUTION') ?? '') ?? [];
  const codecs = attributes.get('CODECS');
  const audio = attributes.get('AUDIO');
  return {
    uri,
    bandwidth: wholeNumber(attributes.get('BANDWIDTH')) ?? 0,
    ...(width !== undefined && height !== undefined && { height: Math.min(Number(width), Number(height)) }),
    ...(codecs !== undefined && { codecs: codecs.split(',').map((codec) => codec.trim().toLowerCase()) }),
    ...(audio !== undefined && { audio }),
  };
}

function renditionOf(attributes: Attributes): AudioRendition {
  const uri = attributes.get('URI');
  return {
    group: attributes.get('GROUP-ID') ?? '',
    ...(uri !== undefined && { uri }),
    isDefault: attributes.get('DEFAULT') === 'YES',
    isAutoselected: attributes.get('AUTOSELECT') === 'YES',
  };
}
