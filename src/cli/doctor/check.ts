/** One thing that was looked at. */
export type Check = {
  readonly name: string;
  /** `optional`: not there, and jobs run without it. */
  readonly state: 'ok' | 'missing' | 'optional';
  readonly detail: string;
  /** What brings it: a sentence, or the command itself. Only where it is not there. */
  readonly remedy?: string;
};

export function ok(name: string, detail: string): Check {
  return { name, state: 'ok', detail };
}

export function missing(name: string, detail: string, remedy: string): Check {
  return { name, state: 'missing', detail, remedy };
}
