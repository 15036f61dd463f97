import { decodeReferences } from './character-references.ts';
import { Lines } from './lines.ts';
import type { Position, SsmlFault } from './ssml-tree.ts';

export type Attribute = { readonly value: string; readonly at: Position };

export type MarkupToken =
  | { readonly kind: 'text'; readonly text: string; readonly at: Position }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, Attribute>;
      /** Written `<break/>`: no closing tag follows. */
      readonly empty: boolean;
      readonly at: Position;
      /** Where its tag ends in the source. */
      readonly end: number;
    }
  | { readonly kind: 'close'; readonly name: string; readonly at: Position; readonly end: number };

type Scanned = { readonly token?: MarkupToken; readonly end: number } | SsmlFault;

const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;

/**
 * Reads XML as far as SSML needs it, one token a call, and nothing of it that can be turned against the reader: no
 * document types, so no entities of the caller's making; no processing instructions but the XML header.
 */
export class MarkupScanner {
  readonly #source: string;
  readonly #lines: Lines;

  constructor(source: string) {
    this.#source = source;
    this.#lines = new Lines(source);
  }

  position(offset: number): Position {
    return this.#lines.position(offset);
  }

  fault(message: string, offset: number): SsmlFault {
    return { kind: 'invalid', message, at: this.position(offset) };
  }

  /** What begins at `offset`; without a token where it was a comment or the header. */
  scan(offset: number): Scanned {
    const source = this.#source;
    if (source[offset] !== '<') return this.#text(offset);
    if (source.startsWith('<!--', offset)) return this.#skip(offset, '-->', 'A comment');
    if (source.startsWith('<![CDATA[', offset)) return this.#cdata(offset);
    if (source.startsWith('<?xml', offset)) return this.#skip(offset, '?>', 'The XML header');
    if (source.startsWith('<!', offset) || source.startsWith('<?', offset)) {
      return this.fault('Document types, entity definitions and processing instructions are not allowed.', offset);
    }
    return source[offset + 1] === '/' ? this.#close(offset) : this.#open(offset);
  }

  #text(offset: number): Scanned {
    const next = this.#source.indexOf('<', offset);
    const end = next < 0 ? this.#source.length : next;
    const decoded = decodeReferences(this.#source.slice(offset, end));
    if (decoded.kind === 'unknown') return this.fault(decoded.message, offset + decoded.offset);
    return { token: { kind: 'text', text: decoded.text, at: this.position(offset) }, end };
  }

  #cdata(offset: number): Scanned {
    const start = offset + '<![CDATA['.length;
    const end = this.#source.indexOf(']]>', start);
    if (end < 0) return this.fault('A CDATA section is not closed by ]]>.', offset);
    const text = this.#source.slice(start, end);
    return { token: { kind: 'text', text, at: this.position(start) }, end: end + 3 };
  }

  #skip(offset: number, closing: string, what: string): Scanned {
    const end = this.#source.indexOf(closing, offset);
    if (end < 0) return this.fault(`${what} is not closed by ${closing}.`, offset);
    return { end: end + closing.length };
  }

  #close(offset: number): Scanned {
    const name = this.#match(NAME, offset + 2)?.[0];
    if (name === undefined) return this.fault('A closing tag has no name.', offset);
    const end = this.#match(/\s*>/y, offset + 2 + name.length);
    if (end === undefined) return this.fault(`The closing tag </${name} does not end in >.`, offset);
    const after = offset + 2 + name.length + end[0].length;
    return { token: { kind: 'close', name, at: this.position(offset), end: after }, end: after };
  }

  #open(offset: number): Scanned {
    const name = this.#match(NAME, offset + 1)?.[0];
    if (name === undefined) return this.fault('A < that begins no tag has to be written &lt;.', offset);
    const attributes = new Map<string, Attribute>();
    let at = offset + 1 + name.length;
    for (let found = this.#match(ATTRIBUTE, at); found; found = this.#match(ATTRIBUTE, at)) {
      const [whole, key = '', quoted = ''] = found;
      const start = at + whole.length - quoted.length + 1;
      if (attributes.has(key)) return this.fault(`<${name}> has the attribute ${key} twice.`, at);
      const decoded = decodeReferences(quoted.slice(1, -1));
      if (decoded.kind === 'unknown') return this.fault(decoded.message, start + decoded.offset);
      attributes.set(key, { value: decoded.text, at: this.position(start) });
      at += whole.length;
    }
    const close = this.#match(/\s*(\/?)>/y, at);
    if (close === undefined) {
      return this.fault(`The tag <${name} is not well-formed here: attributes are name="value".`, at);
    }
    const end = at + close[0].length;
    const token = {
      kind: 'open',
      name,
      attributes,
      empty: close[1] === '/',
      at: this.position(offset),
      end,
    } as const;
    return { token, end };
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    return sticky.exec(this.#source) ?? undefined;
  }
}
