import type { Output } from './cli-context.ts';

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Colour = keyof typeof CODES;

/** Colours text for one stream, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** Colour only on a terminal, and not where NO_COLOR (see no-color.org) or TERM=dumb speaks against it. */
export function paintFor(stream: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const wanted = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  if (!wanted) return (_colour, text) => text;
  return (colour, text) => {
    const [on, off] = CODES[colour];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

const STATE_COLOURS: Readonly<Record<string, Colour>> = {
  Created: 'yellow',
  Executing: 'cyan',
  Finished: 'green',
  Failed: 'red',
};

export function paintState(paint: Paint, state: string): string {
  const colour = STATE_COLOURS[state];
  return colour === undefined ? state : paint(colour, state);
}
