import { WebSocket } from 'undici';

/**
 * Has a Node.js process that runs with --inspect collect all its garbage, as the heap profiler does before a snapshot.
 * How much garbage lies about when one looks is chance: the collector comes when it pleases, and V8's young generation
 * alone may hold 48 MB of it. What is left after it is what the process needs.
 * @param said what the process has written to standard error: where its debugger listens
 */
export async function collectGarbage(said: string): Promise<void> {
  const url = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
  if (url === undefined) throw new Error('The process does not run with --inspect.');
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', () => socket.send('{"id":1,"method":"HeapProfiler.collectGarbage"}'));
    socket.addEventListener('message', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  socket.close();
}
