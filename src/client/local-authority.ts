import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { dataDirOf } from './connection.ts';

type Sources = { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string };

/**
 * Lets the client commands trust the authority that `smartjobs certs` made in the local data dir, besides the public
 * ones. Where NODE_EXTRA_CA_CERTS says what to trust, that is left as it is.
 */
export async function trustLocalAuthority(sources: Sources, endpoint: string): Promise<void> {
  if (!endpoint.startsWith('https:') || sources.env['NODE_EXTRA_CA_CERTS']) return;
  const authority = readAuthority(join(dataDirOf(sources), 'tls', 'ca.pem'));
  if (authority === undefined) return;
  const { Agent, setGlobalDispatcher } = await import('undici');
  setGlobalDispatcher(new Agent({ connect: { ca: [...rootCertificates, authority] } }));
}

function readAuthority(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
