import type { JobId } from './job-id.ts';

type Listener = { submitted?(): void; stopped?(id: JobId): void };

/**
 * News between the parts of one process: a job was submitted (an idle worker wakes at once), a job was canceled or
 * deleted (its worker stops at once). Hints only: a worker that misses one finds out by polling.
 */
export class JobHints {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that ends the subscription */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  submitted(): void {
    for (const listener of this.#listeners) listener.submitted?.();
  }

  stopped(id: JobId): void {
    for (const listener of this.#listeners) listener.stopped?.(id);
  }
}
