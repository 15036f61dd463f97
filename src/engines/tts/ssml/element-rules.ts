/** What an element may hold and carry. `text` = text alone. */
type ElementRule = {
  readonly attributes: readonly string[];
  readonly children: readonly string[] | 'text' | 'nothing';
};

const INLINE = ['break', 'sub', 'w', 'phoneme', 'say-as', 'soundEvent'];
const SPEAK_ATTRIBUTES = [
  ...['voice', 'encodeType', 'sampleRate', 'rate', 'pitch', 'volume'],
  ...['effect', 'effectValue', 'bgm', 'backgroundMusicVolume'],
];

const ELEMENTS: Readonly<Record<string, ElementRule>> = {
  speak: { attributes: SPEAK_ATTRIBUTES, children: [...INLINE, 's', 'emotion'] },
  emotion: { attributes: ['category', 'intensity'], children: [...INLINE, 's'] },
  s: { attributes: [], children: [...INLINE, 'emotion'] },
  w: { attributes: [], children: ['sub', 'phoneme', 'say-as'] },
  sub: { attributes: ['alias'], children: 'text' },
  phoneme: { attributes: ['alphabet', 'ph'], children: 'text' },
  'say-as': { attributes: ['interpret-as'], children: 'text' },
  break: { attributes: ['time'], children: 'nothing' },
  soundEvent: { attributes: ['src'], children: 'nothing' },
};

/** What standard SSML documents declare at their head; it changes nothing here. */
const DECLARATIONS = /^(?:xmlns(?::[\w.-]+)?|xml:lang|xsi:schemaLocation|version)$/;

/** Why an element may not stand in its parent, or undefined where it may. */
export function misplacement(name: string, parent: string): string | undefined {
  const rule = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  if (rule === undefined) {
    return `<${name}> is not supported. The tags are ${listed(Object.keys(ELEMENTS))}.`;
  }
  const children = ELEMENTS[parent]?.children ?? 'nothing';
  if (children === 'text') return `<${parent}> holds text alone, so <${name}> may not stand in it.`;
  if (children === 'nothing') return `<${parent}> is empty: write <${parent}/>.`;
  return children.includes(name) ? undefined : `<${name}> may not stand in <${parent}>, only ${listed(children)}.`;
}

/** Why an element may not carry an attribute, or undefined where it may. */
export function strangeAttribute(name: string, attribute: string): string | undefined {
  const allowed = ELEMENTS[name]?.attributes ?? [];
  if (allowed.includes(attribute) || (name === 'speak' && DECLARATIONS.test(attribute))) return undefined;
  if (allowed.length === 0) return `<${name}> has no attributes, so no ${attribute}.`;
  return `<${name}> has no attribute ${attribute}. Its attributes: ${allowed.join(', ')}.`;
}

export function mayHoldText(name: string): boolean {
  return ELEMENTS[name]?.children !== 'nothing';
}

function listed(names: readonly string[]): string {
  return names.map((name) => `<${name}>`).join(', ');
}
