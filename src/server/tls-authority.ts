import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { makeCertificate, type Issuer } from './tls-certificate.ts';

/** Where a folder keeps what `issueServerCertificate` makes; all of mode 0600. */
export type AuthorityFiles = {
  /** What clients are told to trust. */
  readonly authority: string;
  readonly authorityKey: string;
  readonly cert: string;
  readonly key: string;
};

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly validTo: Date; readonly authority: 'made' | 'kept' }
  /** One sentence that says what to do. */
  | { readonly kind: 'problem'; readonly message: string };

const DAY = 86_400_000;
/** Days. Apple's systems refuse server certificates that last longer; an authority may. */
const LIFE = { authority: 3650, server: 825 } as const;
/** Clients whose clock is behind must take a new certificate too. */
const BACKDATED = DAY;

export function authorityFiles(folder: string): AuthorityFiles {
  return {
    authority: join(folder, 'ca.pem'),
    authorityKey: join(folder, 'ca-key.pem'),
    cert: join(folder, 'server.pem'),
    key: join(folder, 'server-key.pem'),
  };
}

/** The host as a certificate holds it; undefined where it is neither a DNS name nor an IP address. */
export function certificateHost(text: string): string | undefined {
  if (isIP(text) !== 0) return text.includes('%') ? undefined : text;
  const name = domainToASCII(text.replace(/^\*\./, ''));
  const isName = name.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z][a-z0-9-]*$/.test(name);
  return isName ? `${text.startsWith('*.') ? '*.' : ''}${name}` : undefined;
}

/**
 * Makes a server certificate, signed by the folder's own authority, which is made where there is none: clients that
 * trust the authority take each new certificate without another word.
 * @param hosts of certificateHost
 */
export async function issueServerCertificate(
  folder: string,
  hosts: readonly string[],
  now: number,
): Promise<IssueOutcome> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = authorityFiles(folder);
  const kept = await readAuthority(files, now);
  if (kept.kind === 'problem') return kept;
  const authority = kept.kind === 'authority' ? kept : await makeAuthority(files, now);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validTo = new Date(Math.min(now + LIFE.server * DAY, authority.validTo.getTime()));
  const cert = makeCertificate({
    commonName: 'smartjobs server',
    publicKey: pair.publicKey,
    issuer: authority.issuer,
    validFrom: new Date(now - BACKDATED),
    validTo,
    hosts,
  });
  await writePrivate(files.key, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writePrivate(files.cert, cert);
  return { kind: 'issued', validTo, authority: kept.kind === 'authority' ? 'kept' : 'made' };
}

type Authority = { readonly kind: 'authority'; readonly issuer: Issuer; readonly validTo: Date };
type Kept = Authority | { readonly kind: 'none' } | Extract<IssueOutcome, { kind: 'problem' }>;

async function readAuthority({ authority, authorityKey }: AuthorityFiles, now: number): Promise<Kept> {
  const [cert, key] = await Promise.all([authority, authorityKey].map(contentOf));
  if (cert === undefined && key === undefined) return { kind: 'none' };
  const remedy = `Restore it, or move ${authority} and ${authorityKey} away for a new authority.`;
  if (cert === undefined) return { kind: 'problem', message: `${authority} is missing beside its key. ${remedy}` };
  if (key === undefined) return { kind: 'problem', message: `${authorityKey} is missing. ${remedy}` };
  try {
    const certificate = new X509Certificate(cert);
    const privateKey = createPrivateKey(key);
    if (!certificate.checkPrivateKey(privateKey)) {
      return { kind: 'problem', message: `${authorityKey} is not the key of ${authority}. ${remedy}` };
    }
    const validTo = new Date(certificate.validTo);
    if (validTo.getTime() < now) return { kind: 'problem', message: `${authority} has expired. ${remedy}` };
    const commonName = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
    return {
      kind: 'authority',
      validTo,
      issuer: { commonName, privateKey, publicKey: createPublicKey(privateKey) },
    };
  } catch {
    return { kind: 'problem', message: `${authority} and ${authorityKey} cannot be read. ${remedy}` };
  }
}

async function makeAuthority(files: AuthorityFiles, now: number): Promise<Authority> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Told apart in a client's list of authorities, should there be several.
  const issuer = { ...pair, commonName: `smartjobs authority ${randomBytes(4).toString('hex')}` };
  const validTo = new Date(now + LIFE.authority * DAY);
  const { commonName, publicKey } = issuer;
  const cert = makeCertificate({ commonName, publicKey, issuer, validFrom: new Date(now - BACKDATED), validTo });
  await writePrivate(files.authorityKey, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writePrivate(files.authority, cert);
  return { kind: 'authority', issuer, validTo };
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file that stood there keeps neither its content nor its mode, and is never half written. */
async function writePrivate(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
  await chmod(temporary, 0o600);
  await rename(temporary, path);
}
