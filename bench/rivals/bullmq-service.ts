import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Queue, type JobType } from 'bullmq';

/**
 * The list of a BullMQ queue behind bare node:http. A queue has no filter by type, so each type has a queue of its
 * own, and every request reads one queue in one state: the cheapest question there is. No signatures, no total.
 * Argument: the port of a Redis that was filled by fill-bullmq.ts.
 */
const connection = { host: '127.0.0.1', port: Number(process.argv[2]) };
const queues = new Map<string, Queue>();

const server = createServer((request, response) => {
  void answer(new URL(request.url ?? '/', 'http://localhost').searchParams, response);
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));

async function answer(query: URLSearchParams, response: ServerResponse): Promise<void> {
  const body = await list(query);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function list(query: URLSearchParams): Promise<string> {
  const start = (Number(query.get('page')) - 1) * 10;
  const state = query.get('state') as JobType;
  const jobs = await queue(query.get('queue') ?? '').getJobs(
    [state],
    start,
    start + 9,
    query.get('order') === 'asc',
  );
  return JSON.stringify({ jobs: jobs.map(({ id, data }) => Object.assign(data as object, { JobId: id })) });
}

function queue(name: string): Queue {
  let known = queues.get(name);
  if (known === undefined) queues.set(name, (known = new Queue(name, { connection })));
  return known;
}
