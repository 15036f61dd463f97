import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';

/** What a server proves its name with. */
export type TlsCredentials = {
  /** PEM: the server's certificate first, then those that lead to its root. */
  readonly cert: Buffer;
  /** PEM. */
  readonly key: Buffer;
};

/** Connections made from now on get the new certificate; those that stand keep theirs. */
export function renewCredentials(server: Server, credentials: TlsCredentials): void {
  if (!(server instanceof TlsServer)) throw new Error('a server without TLS has no certificate to renew');
  server.setSecureContext(credentials);
}
