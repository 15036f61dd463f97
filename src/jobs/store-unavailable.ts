/**
 * The store cannot do what it was asked, for a reason that lies outside the request: a full or damaged disk, a lost
 * connection. Thrown by the stores, answered as ServiceUnavailable (503) by the gateway.
 */
export class StoreUnavailable extends Error {
  /** @param message a sentence for the caller: what cannot be done and what the operator can do */
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailable';
  }
}
