import type { Service } from '../base/service.ts';

/** Stops what was started, last first, once; a part that fails to stop does not keep the others running. */
export class StopList implements Service {
  readonly #parts: Service[] = [];
  #stopped: Promise<void> | undefined;

  add<T extends Service>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    const faults: unknown[] = [];
    for (const part of this.#parts.toReversed()) {
      await part.stop().catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw new AggregateError(faults, 'not everything stopped as it should');
  }
}
