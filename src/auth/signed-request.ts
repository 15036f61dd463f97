/** A request as the signature schemes see it: a value, so that verifying needs no socket. */
export type SignedRequest = {
  readonly method: 'GET' | 'POST';
  /** As it came, without the query. */
  readonly path: string;
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Decoded. */
  readonly query: ReadonlyMap<string, string>;
  /** Decoded; empty when the body is not a form. */
  readonly form: ReadonlyMap<string, string>;
  /** As it came. */
  readonly body: Buffer;
};
