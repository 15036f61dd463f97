import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { TlsCredentials } from '../base/tls-credentials.ts';

/** Where the certificate chain and the private key lie, both as PEM. */
export type TlsFiles = { readonly cert: string; readonly key: string };

export type TlsFilesOutcome =
  | { readonly kind: 'credentials'; readonly credentials: TlsCredentials; readonly validTo: Date }
  /** One sentence that names the setting. */
  | { readonly kind: 'problem'; readonly message: string };

/** Reads both files and sees that they belong together, so that a server never listens with what clients refuse. */
export async function readTlsFiles(files: TlsFiles): Promise<TlsFilesOutcome> {
  const cert = await read(files.cert);
  if (typeof cert === 'string') return problem(`SMARTJOBS_TLS_CERT: ${files.cert} cannot be read (${cert}).`);
  const key = await read(files.key);
  if (typeof key === 'string') return problem(`SMARTJOBS_TLS_KEY: ${files.key} cannot be read (${key}).`);
  try {
    const certificate = new X509Certificate(cert);
    try {
      if (!certificate.checkPrivateKey(createPrivateKey(key))) {
        return problem(`SMARTJOBS_TLS_KEY: ${files.key} is not the key of the certificate in ${files.cert}.`);
      }
    } catch {
      return problem(`SMARTJOBS_TLS_KEY: ${files.key} is not a private key in PEM form without a passphrase.`);
    }
    createSecureContext({ cert, key });
    return { kind: 'credentials', credentials: { cert, key }, validTo: new Date(certificate.validTo) };
  } catch {
    return problem(`SMARTJOBS_TLS_CERT: ${files.cert} is not a certificate in PEM form that can be used.`);
  }
}

function problem(message: string): TlsFilesOutcome {
  return { kind: 'problem', message };
}

/** The content, or the system's code for why there is none. */
async function read(path: string): Promise<Buffer | string> {
  try {
    return await readFile(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}
