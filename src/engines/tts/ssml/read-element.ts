import { readPinyin } from './pinyin.ts';
import type { Attribute } from './scan-markup.ts';
import { shown } from './speak-attributes.ts';
import { SAY_AS_KINDS, type Position, type SsmlFault, type SsmlNode } from './ssml-tree.ts';

/** An element whose closing tag was read. */
export type ClosedElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: readonly SsmlNode[];
  readonly at: Position;
};

const ALIAS_LIMIT = 1000;
const CARDINAL_DIGITS = 20;

/** The node of an element in `<speak>`, its attributes checked. */
export function readElement(element: ClosedElement): SsmlNode | SsmlFault {
  const { name, children, at } = element;
  switch (name) {
    case 's':
      return { kind: 'sentence', children, at };
    case 'w':
      return { kind: 'word', children, at };
    case 'break':
      return readBreak(element);
    case 'sub':
      return readSub(element);
    case 'phoneme':
      return readPhoneme(element);
    case 'say-as':
      return readSayAs(element);
    case 'emotion':
      return readEmotion(element);
    default:
      return readSound(element);
  }
}

/** 50 ms to 10 s; without a time one second, as the cloud has it. */
function readBreak({ attributes, at }: ClosedElement): SsmlNode | SsmlFault {
  const time = attributes.get('time');
  if (time === undefined || time.value.trim() === '') return { kind: 'break', seconds: 1, at };
  const [, amount, unit] = /^(\d{1,5}(?:\.\d{1,3})?)(ms|s)$/.exec(time.value.trim()) ?? [];
  const seconds = Number(amount) / (unit === 'ms' ? 1000 : 1);
  if (amount !== undefined && seconds >= 0.05 && seconds <= 10) return { kind: 'break', seconds, at };
  return fault(
    time.at,
    `The time of <break> has to be 50ms to 10000ms or 0.05s to 10s, not '${shown(time.value)}'.`,
  );
}

function readSub({ attributes, children, at }: ClosedElement): SsmlNode | SsmlFault {
  const alias = attributes.get('alias');
  if (alias === undefined || alias.value.trim() === '') return fault(at, '<sub> needs the attribute alias.');
  if (alias.value.length > ALIAS_LIMIT) {
    return fault(alias.at, `The alias of <sub> may have ${ALIAS_LIMIT} characters, not ${alias.value.length}.`);
  }
  return { kind: 'sub', text: textOf(children), alias: alias.value.trim(), at };
}

function readPhoneme({ attributes, children, at }: ClosedElement): SsmlNode | SsmlFault {
  const alphabet = attributes.get('alphabet');
  if (alphabet === undefined) return fault(at, '<phoneme> needs the attribute alphabet="py".');
  if (alphabet.value.trim() !== 'py') {
    return fault(alphabet.at, `The alphabet of <phoneme> has to be py, not '${shown(alphabet.value)}'.`);
  }
  const ph = attributes.get('ph');
  if (ph === undefined) return fault(at, '<phoneme> needs the attribute ph.');
  const written = ph.value.trim().split(/\s+/);
  const text = textOf(children);
  const count = Array.from(text.replaceAll(/\s/g, '')).length;
  if (written.length !== count) {
    const message = `<phoneme> has ${count} characters and ${written.length} syllables; each character needs one.`;
    return fault(ph.at, message);
  }
  const strange = written.find((syllable) => readPinyin(syllable) === undefined);
  if (strange !== undefined) {
    return fault(
      ph.at,
      `'${shown(strange)}' is no pinyin syllable with its tone, such as zhong1 or lv4 (tones 1-5).`,
    );
  }
  return { kind: 'phoneme', text, syllables: written.map((syllable) => readPinyin(syllable) ?? syllable), at };
}

function readSayAs({ attributes, children, at }: ClosedElement): SsmlNode | SsmlFault {
  const given = attributes.get('interpret-as');
  if (given === undefined) return fault(at, '<say-as> needs the attribute interpret-as.');
  const as = SAY_AS_KINDS.find((kind) => kind === given.value.trim());
  if (as === undefined) {
    const allowed = SAY_AS_KINDS.join(', ');
    return fault(given.at, `interpret-as has to be one of ${allowed}, not '${shown(given.value)}'.`);
  }
  const text = textOf(children).trim();
  const digits = text.replaceAll(/\D/g, '').length;
  if ((as === 'cardinal' || as === 'digits') && digits > CARDINAL_DIGITS) {
    return fault(at, `say-as ${as} takes at most ${CARDINAL_DIGITS} digits, not ${digits}.`);
  }
  return { kind: 'say-as', text, as, at };
}

function readEmotion({ attributes, children, at }: ClosedElement): SsmlNode | SsmlFault {
  const category = attributes.get('category');
  if (category === undefined || !/^[\w-]{1,32}$/.test(category.value)) {
    return fault(category?.at ?? at, '<emotion> needs the attribute category, a name such as happy.');
  }
  const given = attributes.get('intensity');
  const intensity = Number(given?.value ?? 1);
  if (!(intensity >= 0.01 && intensity <= 2)) {
    return fault(given?.at ?? at, 'The intensity of <emotion> has to be a number from 0.01 to 2.0.');
  }
  return { kind: 'emotion', category: category.value, intensity, children, at };
}

function readSound({ attributes, at }: ClosedElement): SsmlNode | SsmlFault {
  const src = attributes.get('src');
  if (src === undefined || !/^(?:https?|oss):\/\/\S{1,2048}$/i.test(src.value)) {
    return fault(src?.at ?? at, '<soundEvent> needs the attribute src, an http, https or oss address.');
  }
  return { kind: 'sound', src: src.value, at };
}

function textOf(children: readonly SsmlNode[]): string {
  return children.map((child) => (child.kind === 'text' ? child.text : '')).join('');
}

function fault(at: Position, message: string): SsmlFault {
  return { kind: 'invalid', message, at };
}
