import { SingleBar } from 'cli-progress';
import type { Output } from './cli-context.ts';
import { printable } from './printable-text.ts';

/** Shows how far a job is while it runs. */
export type ProgressDisplay = {
  /** @param percent 0 to 100 */
  show(state: string, percent: number, step: string): void;
  /** A sentence beside the progress, such as that the server does not answer. */
  note(text: string): void;
  /** Leaves the stream at the beginning of a line. */
  end(): void;
};

/** A live bar on a terminal; elsewhere a line for each change, which suits logs. */
export function progressDisplay(stream: Output): ProgressDisplay {
  return stream.isTTY === true ? liveBar(stream) : changeLines(stream);
}

function liveBar(stream: Output): ProgressDisplay {
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage} % {doing}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    clearOnComplete: true,
    // Ctrl-C ends the program in the middle of it, and must leave the terminal as it was.
    hideCursor: false,
    linewrap: true,
  });
  bar.start(100, 0, { doing: '' });
  return {
    show: (state, percent, step) => bar.update(percent, { doing: printable(step || state) }),
    note: (text) => bar.update({ doing: printable(text) }),
    end: () => bar.stop(),
  };
}

function changeLines(stream: Output): ProgressDisplay {
  let last = '';
  const print = (line: string): void => {
    if (line !== last) stream.write(`${line}\n`);
    last = line;
  };
  return {
    show: (state, percent, step) => print(printable(`${state} ${percent} % ${step}`.trimEnd())),
    note: (text) => print(printable(text)),
    end: () => undefined,
  };
}
