import type { InstalledModel } from '../models/model.ts';

/** Which kind of model recognizes a language best, the best first; by the error rates that their makers publish. */
const EAST_ASIAN = [
  ...['sense-voice', 'paraformer', 'whisper-large', 'zipformer-ctc', 'transducer', 'nemo-transducer', 'nemo-ctc'],
  ...['whisper-medium', 'whisper-small', 'moonshine', 'whisper-base', 'whisper-tiny'],
];
const OTHERS = [
  ...['nemo-transducer', 'whisper-large', 'whisper-medium', 'nemo-ctc', 'transducer', 'zipformer-ctc'],
  ...['whisper-small', 'moonshine', 'whisper-base', 'sense-voice', 'paraformer', 'whisper-tiny'],
];

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  zh: EAST_ASIAN,
  yue: EAST_ASIAN,
  ja: EAST_ASIAN,
  ko: EAST_ASIAN,
};

/**
 * The place of a model among those for a language: 0 is the best, kinds that nobody has judged come last.
 * @param language a primary tag such as `en`
 */
export function modelRank(model: Pick<InstalledModel, 'name' | 'family'>, language: string): number {
  const order = ORDERS[language] ?? OTHERS;
  const place = order.indexOf(kindOf(model));
  return place < 0 ? order.length : place;
}

/** The family, and for whisper the size, which decides more there than the family does. */
function kindOf({ name, family }: Pick<InstalledModel, 'name' | 'family'>): string {
  if (family !== 'whisper') return family;
  if (/turbo/i.test(name)) return 'whisper-large';
  const size = /large|medium|small|base|tiny/i.exec(name)?.[0].toLowerCase();
  return size === undefined ? 'whisper-small' : `whisper-${size}`;
}
