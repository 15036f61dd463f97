import { mayHoldText, misplacement, strangeAttribute } from './element-rules.ts';
import { readElement } from './read-element.ts';
import { MarkupScanner, type Attribute, type MarkupToken } from './scan-markup.ts';
import { readSpeakAttributes } from './speak-attributes.ts';
import type { Position, SpeakAttributes, SpeechDocument, SsmlFault, SsmlNode } from './ssml-tree.ts';

export type ParsedSpeech = { readonly kind: 'parsed'; readonly document: SpeechDocument } | SsmlFault;

/** UTF-16 code units with all markup: room for 10,000 characters that are tagged one by one. */
const SOURCE_LIMIT = 400_000;
const DEPTH_LIMIT = 16;
const SPEAK = /<speak(?=[\s/>]|$)/g;
const BEFORE_FIRST = /^\s*(?:<\?xml[^>]*\?>)?\s*$/;

type Open = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: SsmlNode[];
  readonly at: Position;
};
type Speak = {
  readonly kind: 'speak';
  readonly attributes: SpeakAttributes;
  readonly nodes: SsmlNode[];
  end: number;
};

/**
 * A text to speak as a tree: plain text, SSML, or both in turn, as the cloud takes it. Where several `<speak>` say
 * different things of the whole recording (voice, format), that is an error.
 */
export function parseSpeechText(source: string): ParsedSpeech {
  const scanner = new MarkupScanner(source);
  if (source.length > SOURCE_LIMIT) {
    return scanner.fault(`The text with its tags may have ${SOURCE_LIMIT} characters, not ${source.length}.`, 0);
  }
  const nodes: SsmlNode[] = [];
  const attributes: SpeakAttributes = {};
  let done = 0;
  for (const { index } of source.matchAll(SPEAK)) {
    if (index < done) continue;
    addPlain(nodes, source, done, index, scanner);
    const speak = parseSpeak(scanner, index);
    if (speak.kind === 'invalid') return speak;
    const clash = clashing(attributes, speak.attributes);
    if (clash !== undefined)
      return scanner.fault(`Every <speak> of one text has to have the same ${clash}.`, index);
    Object.assign(attributes, speak.attributes);
    nodes.push(...speak.nodes);
    done = speak.end;
  }
  addPlain(nodes, source, done, source.length, scanner);
  return { kind: 'parsed', document: { attributes, nodes } };
}

/** Text outside of `<speak>` is taken as it stands, without references; the XML header before it is not read out. */
function addPlain(nodes: SsmlNode[], source: string, from: number, to: number, scanner: MarkupScanner): void {
  const text = source.slice(from, to);
  const isHeader = from === 0 && to < source.length && BEFORE_FIRST.test(text);
  if (text !== '' && !isHeader) nodes.push({ kind: 'text', text, at: scanner.position(from) });
}

function clashing(before: SpeakAttributes, next: SpeakAttributes): string | undefined {
  return Object.entries(next).find(([name, value]) => {
    const known = before[name as keyof SpeakAttributes];
    return known !== undefined && String(known) !== String(value);
  })?.[0];
}

/** Reads from `<speak` to its closing tag. The open elements are a list, not a recursion: depth costs no stack. */
function parseSpeak(scanner: MarkupScanner, start: number): Speak | SsmlFault {
  const open: Open[] = [];
  for (let offset = start; ;) {
    const scanned = scanner.scan(offset);
    if ('kind' in scanned) return scanned;
    if (scanned.token !== undefined) {
      const outcome = take(open, scanned.token);
      if (outcome?.kind === 'speak') return { ...outcome, end: scanned.end };
      if (outcome !== undefined) return outcome;
    }
    // Only text that is empty ends where it began: the source is over.
    if (scanned.end === offset) {
      const last = open.at(-1);
      const at = last?.at ?? scanner.position(offset);
      return { kind: 'invalid', message: `<${last?.name ?? 'speak'}> is not closed.`, at };
    }
    offset = scanned.end;
  }
}

/** Adds a token to the open elements; answers at a fault, and when `<speak>` is closed. */
function take(open: Open[], token: MarkupToken): Speak | SsmlFault | undefined {
  const parent = open.at(-1);
  if (token.kind === 'text') return takeText(parent, token);
  if (token.kind === 'close') {
    if (parent?.name === token.name) return close(open);
    const message = `</${token.name}> closes nothing: ${parent === undefined ? 'no tag' : `<${parent.name}>`} is open.`;
    return { kind: 'invalid', message, at: token.at };
  }
  const wrongPlace = parent === undefined ? undefined : misplacement(token.name, parent.name);
  if (wrongPlace !== undefined) return { kind: 'invalid', message: wrongPlace, at: token.at };
  if (open.length >= DEPTH_LIMIT) {
    return { kind: 'invalid', message: `Tags may be nested ${DEPTH_LIMIT} deep.`, at: token.at };
  }
  for (const [name, { at }] of token.attributes) {
    const message = strangeAttribute(token.name, name);
    if (message !== undefined) return { kind: 'invalid', message, at };
  }
  open.push({ name: token.name, attributes: token.attributes, children: [], at: token.at });
  return token.empty ? close(open) : undefined;
}

function takeText(parent: Open | undefined, { text, at }: MarkupToken & { kind: 'text' }): SsmlFault | undefined {
  if (parent === undefined || text === '') return undefined;
  if (mayHoldText(parent.name)) parent.children.push({ kind: 'text', text, at });
  else if (text.trim() !== '') {
    return { kind: 'invalid', message: `<${parent.name}> is empty: write <${parent.name}/>.`, at };
  }
  return undefined;
}

function close(open: Open[]): Speak | SsmlFault | undefined {
  const element = open.pop();
  if (element === undefined) return undefined;
  const parent = open.at(-1);
  if (parent === undefined) {
    const read = readSpeakAttributes(element.attributes);
    if (read.kind === 'invalid') return read;
    return { kind: 'speak', attributes: read.attributes, nodes: element.children, end: 0 };
  }
  const node = readElement(element);
  if (node.kind === 'invalid') return node;
  parent.children.push(node);
  return undefined;
}
