/** Something with a life: started by its maker, stopped once, idempotently. */
export type Service = {
  /** Resolves when nothing of it runs any more: no timer, no socket, no child. */
  stop(): Promise<void>;
};
