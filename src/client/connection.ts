import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a client command needs to reach a server and to sign. */
export type Connection = {
  /** Base URL of the RPC endpoint, without a trailing slash. */
  readonly endpoint: string;
  /** Base URL of the object store, without a trailing slash; undefined where nothing names it. */
  readonly objects: string | undefined;
  readonly region: string;
  readonly key: { readonly id: string; readonly secret: string };
  /** Where the secret came from: a file to point at, or undefined for the environment. */
  readonly secretFile: string | undefined;
};

export type ConnectionOutcome =
  | { readonly kind: 'connection'; readonly connection: Connection }
  /** One sentence that says what to do. */
  | { readonly kind: 'missing'; readonly message: string };

type Sources = { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string };

/** The data dir is where a server on this machine leaves its addresses (while it runs) and its root key. */
export function dataDirOf({ env, cwd }: Sources): string {
  return resolve(cwd, env['SMARTJOBS_DATA_DIR'] || './data');
}

export const NO_OBJECTS_ENDPOINT =
  'The address of the object store is not known: set SMARTJOBS_OBJECTS_ENDPOINT, as http://127.0.0.1:7789.';

const DEFAULT_REGION = 'cn-shanghai';

/** Reads the environment first, then what a server left in the local data dir. Each value by itself. */
export function readConnection(sources: Sources): ConnectionOutcome {
  const { env } = sources;
  const dataDir = dataDirOf(sources);
  const server = readJsonFile(join(dataDir, 'server.json'));
  const endpoint = env['SMARTJOBS_ENDPOINT'] || server['endpoint'];
  if (!endpoint) {
    return missing(
      `No server is known: none runs in ${dataDir}. Start one with \`npm start\`, or set SMARTJOBS_ENDPOINT.`,
    );
  }
  // A server that the environment names has its own object store, not that of the local data dir.
  const objects = env['SMARTJOBS_OBJECTS_ENDPOINT'] || (env['SMARTJOBS_ENDPOINT'] ? undefined : server['objects']);
  for (const [name, url] of Object.entries({ SMARTJOBS_ENDPOINT: endpoint, SMARTJOBS_OBJECTS_ENDPOINT: objects })) {
    if (url && !isHttpUrl(url)) return missing(`${name}: '${url}' is not an http or https URL.`);
  }
  const key = readKey(env, join(dataDir, 'credentials.json'));
  if (key.kind === 'missing') return key;
  const connection = {
    endpoint: withoutSlash(endpoint),
    objects: objects ? withoutSlash(objects) : undefined,
    region: env['SMARTJOBS_REGION'] || server['region'] || DEFAULT_REGION,
    key: { id: key.id, secret: key.secret },
    secretFile: key.file,
  };
  return { kind: 'connection', connection };
}

type KeyOutcome =
  | { readonly kind: 'key'; readonly id: string; readonly secret: string; readonly file: string | undefined }
  | { readonly kind: 'missing'; readonly message: string };

/** Id and secret belong together: both from the environment or both from the file, never one of each. */
function readKey(env: Sources['env'], file: string): KeyOutcome {
  const id = env['SMARTJOBS_ACCESS_KEY_ID'];
  const secret = env['SMARTJOBS_ACCESS_KEY_SECRET'];
  if (id && secret) return { kind: 'key', id, secret, file: undefined };
  if (id || secret) {
    return missing('SMARTJOBS_ACCESS_KEY_ID and SMARTJOBS_ACCESS_KEY_SECRET: set both or neither.');
  }
  const { accessKeyId, accessKeySecret } = readJsonFile(file);
  if (accessKeyId && accessKeySecret) return { kind: 'key', id: accessKeyId, secret: accessKeySecret, file };
  return missing(
    `No access key is known: ${file} cannot be read. Start the server with \`npm start\`, ` +
      'or set SMARTJOBS_ACCESS_KEY_ID and SMARTJOBS_ACCESS_KEY_SECRET.',
  );
}

/** The texts of a JSON object; empty where the file is absent or not one, for then the server did not write it. */
function readJsonFile(path: string): Readonly<Record<string, string | undefined>> {
  try {
    const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof document !== 'object' || document === null) return {};
    return Object.fromEntries(Object.entries(document).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}

function missing(message: string): { readonly kind: 'missing'; readonly message: string } {
  return { kind: 'missing', message };
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** The address alone, without a key: what `doctor` asks whether anybody is there. */
export function readServerEndpoint(sources: Sources): string | undefined {
  const server = readJsonFile(join(dataDirOf(sources), 'server.json'));
  const endpoint = sources.env['SMARTJOBS_ENDPOINT'] || server['endpoint'];
  return endpoint && isHttpUrl(endpoint) ? withoutSlash(endpoint) : undefined;
}
