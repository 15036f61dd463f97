import type { Logger } from '../base/logger.ts';
import type { TlsCredentials } from '../base/tls-credentials.ts';
import { StartUpProblem } from './start-up-problem.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';

/** What has a certificate to renew. */
type TlsServer = { renewTls(credentials: TlsCredentials): void };

/** @throws StartUpProblem where the files are set but are of no use */
export async function startingCredentials(
  files: TlsFiles | undefined,
  log: Logger,
): Promise<TlsCredentials | undefined> {
  if (files === undefined) return undefined;
  const outcome = await readTlsFiles(files);
  if (outcome.kind === 'problem') throw new StartUpProblem(outcome.message);
  // A server with an expired certificate still serves clients that do not look, and says what is wrong; none does not.
  if (outcome.validTo.getTime() < Date.now()) log.warn({ validTo: outcome.validTo }, 'the certificate has expired');
  return outcome.credentials;
}

/** Takes over what the files hold now. Where that is of no use, the servers keep what they have. */
export async function renewServers(files: TlsFiles, servers: readonly TlsServer[], log: Logger): Promise<void> {
  const outcome = await readTlsFiles(files);
  if (outcome.kind === 'problem') {
    log.error({ problem: outcome.message }, 'the certificate was not renewed');
    return;
  }
  for (const server of servers) server.renewTls(outcome.credentials);
  log.info({ validTo: outcome.validTo }, 'the certificate was renewed');
}
