import { createServer, Socket, type Server, type TcpSocketConnectOpts } from 'node:net';
import { once } from 'node:events';
import { vi } from 'vitest';

/** Where this process opens connections to, as `host:port`, from now on. Nothing is kept from connecting. */
export function watchConnections(): { readonly opened: string[] } {
  const opened: string[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called with the socket below
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function watch(this: Socket, ...args: unknown[]) {
    // net.connect hands over its arguments already put in order: an array with the options first.
    const [first] = args.flat() as [TcpSocketConnectOpts];
    opened.push(`${first.host ?? 'localhost'}:${first.port}`);
    return connect.apply(this, args);
  });
  return { opened };
}

export type Listener = { readonly port: number; readonly heard: () => number; stop(): Promise<void> };

/** Counts who connects to loopback, by IPv4 and IPv6, on one port. */
export async function listenOnLoopback(): Promise<Listener> {
  let heard = 0;
  const count = (): Server =>
    createServer((socket) => {
      heard += 1;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret');
    });
  const four = count().listen(0, '127.0.0.1');
  await once(four, 'listening');
  const { port } = four.address() as { port: number };
  const others = [
    ['127.0.0.2', false],
    ['::1', true],
  ] as const;
  const servers = [four];
  for (const [host, ipv6Only] of others) {
    const server = count().listen({ host, port, ipv6Only });
    // A machine without IPv6, or with one loopback address, has nobody to listen there.
    const [said] = await Promise.race([once(server, 'listening').then(() => ['ok']), once(server, 'error')]);
    if (said === 'ok') servers.push(server);
  }
  return {
    port,
    heard: () => heard,
    stop: async () => void (await Promise.all(servers.map((server) => once(server.close(), 'close')))),
  };
}
