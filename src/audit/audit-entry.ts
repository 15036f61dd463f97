/** What is written of one call: who did what, from where, and how it ended. */
export type AuditEntry = {
  readonly requestId: string;
  /** The client's address. */
  readonly source: string;
  /** Empty where the caller is not proven. */
  readonly account: string;
  /** `root`, `user/NAME`, `role/NAME/SESSION`; `operator` for the server itself; empty where it is not proven. */
  readonly caller: string;
  /** Of an unproven caller: the one that it claims. */
  readonly accessKeyId: string;
  /** As policies name it: `ice:SubmitASRJob`, `oss:PutObject`, `smartjobs:Start`. */
  readonly action: string;
  /** `ok`, or the code of the error that was answered. */
  readonly outcome: string;
  /** What was acted on, by the wire's names. Ids and names only, never a parameter's content. */
  readonly ids: Readonly<Record<string, string>>;
};

/** Where entries go. */
export type AuditTrail = {
  /** Returns when the entry is with the operating system. Never throws. */
  record(entry: AuditEntry): void;
};
