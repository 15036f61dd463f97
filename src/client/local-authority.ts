import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { dataDirOf } from './connection.ts';

type Sources = { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string };

/**
 * Lets the client commands trust the authority that `smartjobs certs` made in the local data dir, besides those that
 * Node.js trusts: the public ones, and those of NODE_EXTRA_CA_CERTS.
 */
export async function trustLocalAuthority(sources: Sources, endpoint: string): Promise<void> {
  if (!endpoint.startsWith('https:')) return;
  const authority = contentOf(join(dataDirOf(sources), 'tls', 'ca.pem'));
  if (authority === undefined) return;
  const extra = contentOf(sources.env['NODE_EXTRA_CA_CERTS'] ?? '') ?? [];
  const { Agent, setGlobalDispatcher } = await import('undici');
  setGlobalDispatcher(new Agent({ connect: { ca: [...rootCertificates, authority].concat(extra) } }));
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
