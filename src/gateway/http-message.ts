/** A request as a value: what the gateway reads, so that it can be tested without a socket. */
export type HttpRequest = {
  readonly method: string;
  /** Path and query as they stood in the request line, not decoded. */
  readonly target: string;
  /** Lower-case names; several values of one name joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The raw body; empty where there is none. */
  readonly body: Buffer;
  /** Of the client, as text: the peer's, or the one that a trusted proxy names. `''` once it has gone. */
  readonly remoteAddress: string;
  /** Whether the client sent it over TLS, to this server or to a trusted proxy. */
  readonly secure: boolean;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
