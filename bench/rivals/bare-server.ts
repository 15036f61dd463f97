import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The floor: node:http that looks at nothing and answers with what a real server answered, headers included.
 * Argument: a JSON file of `[{headers, body}]`.
 */
type Answer = { readonly headers: Record<string, string>; readonly body: string };

const answers = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answer[];
let next = 0;
const server = createServer((_request, response) => {
  next = (next + 1) % answers.length;
  const answer = answers[next];
  response.writeHead(200, answer?.headers);
  response.end(answer?.body);
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
