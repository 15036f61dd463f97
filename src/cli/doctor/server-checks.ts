import { createServer } from 'node:net';
import { request } from 'undici';
import { missing, ok, type Check } from './check.ts';

/** Milliseconds of difference that signed requests survive, each way. */
const WINDOW = 15 * 60_000;

/** @param endpoint of the server that the client commands would talk to; undefined where none is known */
export async function serverChecks(
  endpoint: string | undefined,
  ports: Ports,
  now: () => number,
): Promise<Check[]> {
  const health = endpoint === undefined ? undefined : await askHealth(endpoint);
  if (endpoint === undefined || health === undefined) return portChecks(ports);
  return [ok('server', `running at ${endpoint}`), skewCheck(health, now())];
}

export type Ports = { readonly host: string; readonly port: number; readonly objectsPort: number };

/** The server's time, milliseconds since the epoch, NaN where it says none; undefined where no server answers. */
async function askHealth(endpoint: string): Promise<number | undefined> {
  try {
    const answer = await request(`${endpoint}/healthz`, { headersTimeout: 3_000, bodyTimeout: 3_000 });
    await answer.body.dump();
    return answer.statusCode === 200 ? Date.parse(String(answer.headers.date)) : undefined;
  } catch {
    return undefined;
  }
}

function skewCheck(serverTime: number, now: number): Check {
  const name = "server's clock";
  const seconds = Math.round((serverTime - now) / 1000);
  if (!(Math.abs(serverTime - now) > WINDOW)) return ok(name, `within ${Math.abs(seconds) + 1} s of this one`);
  const detail = `${seconds} s off this one; signed requests are refused beyond ${WINDOW / 1000} s`;
  return missing(name, detail, 'Set the time of both machines (timedatectl set-ntp true).');
}

async function portChecks({ host, port, objectsPort }: Ports): Promise<Check[]> {
  const server = ok('server', 'not running; npm start starts it');
  return [
    server,
    await portCheck(host, port, 'SMARTJOBS_PORT'),
    await portCheck(host, objectsPort, 'SMARTJOBS_OBJECTS_PORT'),
  ];
}

async function portCheck(host: string, port: number, setting: string): Promise<Check> {
  const name = `port ${port}`;
  const problem = port === 0 ? undefined : await listenProblem(host, port);
  if (problem === undefined) return ok(name, port === 0 ? 'any free one is taken' : 'free');
  return missing(
    name,
    `cannot be listened on at ${host}: ${problem}`,
    `Stop what uses it, or set ${setting} to another (0 takes any free one).`,
  );
}

function listenProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
