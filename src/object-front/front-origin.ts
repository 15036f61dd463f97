import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Who sent a request, as text, and whether they did over TLS. */
type Origin = { readonly address: string; readonly secure: boolean };

export type FrontOrigin =
  | ({ readonly kind: 'origin' } & Origin)
  /** The proxies in between contradict each other. */
  | { readonly kind: 'unclear'; readonly message: string };

/** Decides whom a request came from, given who made the connection: a proxy may have. */
export type OriginReader = (peer: Origin, headers: Readonly<Record<string, string | undefined>>) => FrontOrigin;

/** @param read absent where no proxy is believed: then it was the peer */
export function frontOrigin({ socket, headers }: IncomingMessage, read: OriginReader | undefined): FrontOrigin {
  const peer = { address: socket.remoteAddress ?? '', secure: socket instanceof TLSSocket };
  return read?.(peer, headers as Record<string, string | undefined>) ?? { kind: 'origin', ...peer };
}
