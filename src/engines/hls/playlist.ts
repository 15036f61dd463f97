/* An HLS playlist (RFC 8216) as far as a recording is made from it. Addresses are as written, yet to be resolved. */

/** Bytes of a resource; without a start it begins where the part before it ended. */
export type WrittenRange = { readonly start?: number; readonly length: number };

/** Bytes of a resource, from its beginning. */
export type PartRange = { readonly start: number; readonly length: number };

/** AES-128 in CBC mode over the whole part. */
export type PartKey = {
  readonly uri: string;
  /** 16 bytes. */
  readonly iv: Buffer;
};

export type Part = {
  readonly uri: string;
  readonly range?: PartRange;
  readonly key?: PartKey;
};

export type Segment = Part & {
  /** Counted from 1: for messages. */
  readonly number: number;
  /** What has to stand before it for a decoder to read it: the header of fragmented MP4. */
  readonly map?: Part;
  /** Timestamps, tracks or formats begin anew with it. */
  readonly startsAnew: boolean;
};

export type MediaPlaylist = {
  readonly kind: 'media';
  readonly segments: readonly [Segment, ...Segment[]];
};

export type Variant = {
  readonly uri: string;
  /** Bits a second. */
  readonly bandwidth: number;
  /** The shorter side of the picture, in pixels; undefined where the playlist does not say. */
  readonly height?: number;
  /** As CODECS has it; undefined where the playlist does not say. */
  readonly codecs?: readonly string[];
  /** The group of its sound. */
  readonly audio?: string;
};

/** A track of sound beside the variants. */
export type AudioRendition = {
  readonly group: string;
  /** Absent where the sound is inside the variant. */
  readonly uri?: string;
  readonly isDefault: boolean;
  readonly isAutoselected: boolean;
};

export type MasterPlaylist = {
  readonly kind: 'master';
  readonly variants: readonly [Variant, ...Variant[]];
  readonly audio: readonly AudioRendition[];
};

/** Why no recording is made from a playlist: a sentence for the caller, and what to do. */
export type PlaylistProblem =
  /** Not what the format allows. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Live, protected, or with a feature that is not served. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly reason: string };

export function invalid(reason: string): PlaylistProblem {
  return { kind: 'invalid', reason };
}

export function unsupported(reason: string): PlaylistProblem {
  return { kind: 'unsupported', reason };
}
