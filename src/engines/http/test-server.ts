import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

const closers: (() => void)[] = [];
afterEach(closeServers);

/** Afterwards nobody answers at their addresses. */
export function closeServers(): void {
  for (const close of closers.splice(0)) close();
}

/** A real server that does with request and response what the test says, until the test ends. */
export async function rawServer(
  respond: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<string> {
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
