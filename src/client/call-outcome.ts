/** The server refused, or failed. */
export type CallError = {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
  /** Empty where the answer named none. */
  readonly requestId: string;
  /** HTTP status. */
  readonly status: number;
  /** Of a refusal of permission: what DecodeDiagnosticMessage decodes. */
  readonly diagnosticMessage?: string;
};

/** No answer of the API came back: whether the request had an effect is not known. */
export type Unreachable = { readonly kind: 'unreachable'; readonly message: string };

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up at the moment',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'the connection was not made in time',
  UND_ERR_HEADERS_TIMEOUT: 'the answer did not come in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming',
};

/** @param setting the variable that names the address */
export function unreachable(error: unknown, address: string, setting: string): Unreachable {
  const code = errorCode(error);
  const reason = REASONS[code] ?? (error instanceof Error ? error.message || code : String(error));
  const message = `No answer from ${address}: ${reason}. Is the server running (npm start)? Is ${setting} right?`;
  return { kind: 'unreachable', message };
}

/** A host of two addresses fails with both errors in one that has no text of its own. */
function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  const code: unknown = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
