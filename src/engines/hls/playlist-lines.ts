/** A line that means something: a tag without its `#`, or an address. */
export type PlaylistLine = {
  /** Counted from 1. */
  readonly line: number;
  /** `EXTINF`; empty for an address. */
  readonly tag: string;
  /** Behind the colon of a tag; or the address. */
  readonly value: string;
};

/** The lines of a playlist, without comments and what is empty. */
export function playlistLines(text: string): PlaylistLine[] {
  return text.split(/\r\n|\n|\r/).flatMap((raw, index): PlaylistLine[] => {
    const content = raw.trim();
    const line = index + 1;
    if (content === '') return [];
    if (!content.startsWith('#')) return [{ line, tag: '', value: content }];
    if (!content.startsWith('#EXT')) return [];
    const colon = content.indexOf(':');
    if (colon < 0) return [{ line, tag: content.slice(1), value: '' }];
    return [{ line, tag: content.slice(1, colon), value: content.slice(colon + 1).trim() }];
  });
}

export type Attributes = ReadonlyMap<string, string>;

/** Quoted text, or what stands up to the next comma. */
const ATTRIBUTE = /\s*([\w.-]+)=(?:"([^"]*)"\s*|([^",]*))(?:,|$)/y;

/** `METHOD=AES-128,URI="key"`, the quotes taken off; undefined where it is no such list. The first of a name counts. */
export function attributeList(text: string): Attributes | undefined {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  while (ATTRIBUTE.lastIndex < text.length) {
    const match = ATTRIBUTE.exec(text);
    if (match === null) return undefined;
    const [, name = '', quoted, plain = ''] = match;
    if (!attributes.has(name)) attributes.set(name, quoted ?? plain.trim());
  }
  return attributes;
}

/** A whole number that fits, else undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
