import { WORD_EDGE } from '../text/clean-text.ts';
import type { Position, SayAsKind, SsmlNode } from '../ssml/ssml-tree.ts';

/** A document without its nesting: what is spoken, in order. */
export type Atom =
  | { readonly kind: 'text'; readonly text: string }
  /** `shown` is written, `text` is read. */
  | { readonly kind: 'sub'; readonly shown: string; readonly text: string }
  | { readonly kind: 'say-as'; readonly text: string; readonly as: SayAsKind; readonly at: Position }
  | { readonly kind: 'pinyin'; readonly text: string; readonly syllables: readonly string[] }
  | { readonly kind: 'pause'; readonly seconds: number }
  /** The edge of an `<s>`. */
  | { readonly kind: 'edge' }
  /** What no engine here can do. */
  | { readonly kind: 'beyond'; readonly ability: 'emotion' | 'soundEvent'; readonly at: Position };

export function flattenDocument(nodes: readonly SsmlNode[]): Atom[] {
  return nodes.flatMap(atomsOf);
}

function atomsOf(node: SsmlNode): Atom[] {
  switch (node.kind) {
    case 'text':
      return [{ kind: 'text', text: node.text }];
    case 'break':
      return [{ kind: 'pause', seconds: node.seconds }];
    case 'sentence':
      return [{ kind: 'edge' }, ...flattenDocument(node.children), { kind: 'edge' }];
    case 'word':
      return [
        { kind: 'text', text: WORD_EDGE },
        ...flattenDocument(node.children),
        { kind: 'text', text: WORD_EDGE },
      ];
    case 'sub':
      return [{ kind: 'sub', shown: node.text, text: node.alias }];
    case 'phoneme':
      return [{ kind: 'pinyin', text: node.text, syllables: node.syllables }];
    case 'say-as':
      return [{ kind: 'say-as', text: node.text, as: node.as, at: node.at }];
    case 'emotion':
      return [{ kind: 'beyond', ability: 'emotion', at: node.at }];
    default:
      return [{ kind: 'beyond', ability: 'soundEvent', at: node.at }];
  }
}

/** All text of a document as it is read, for telling its language and its length. */
export function plainTextOf(atoms: readonly Atom[]): string {
  return atoms.map((atom) => ('text' in atom ? atom.text : '')).join('');
}
