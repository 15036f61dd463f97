import type { Translator } from './translator.ts';

/** For pairs whose languages are the same: every line is its own translation. */
export function identity(): Translator {
  return {
    name: 'identity',
    pairs: () => Promise.resolve([]),
    translate: ({ lines, signal }) => {
      signal.throwIfAborted();
      return Promise.resolve({
        kind: 'translated',
        lines: lines.map((text) => ({ kind: 'translated', text })),
      });
    },
  };
}
