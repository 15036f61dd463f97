import { join } from 'node:path';
import type { Command } from 'commander';
import { dataDirOf } from '../../client/connection.ts';
import { authorityFiles, certificateHost, issueServerCertificate } from '../../server/tls-authority.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withJson, type CommonOptions } from '../client-command.ts';
import { report, usageFailure } from '../failure.ts';
import { printableJson } from '../printable-text.ts';
import { shellWord } from '../shell-word.ts';

type CertsOptions = CommonOptions & { readonly host?: readonly string[] };

/** The names under which a machine calls itself. */
const OWN_HOSTS = ['localhost', '127.0.0.1', '::1'];

export function addCerts(program: Command, cli: Cli): void {
  const command = program.command('certs');
  command.description('Makes a certificate for HTTPS, and a local authority that clients can trust.');
  command.option('--host <names...>', `names and addresses of the server, besides ${OWN_HOSTS.join(', ')}`);
  withJson(command).action(async (options: CertsOptions) => cli.exit(await makeCertificates(cli, options)));
}

async function makeCertificates(cli: CliContext, { host = [], json = false }: CertsOptions): Promise<ExitCode> {
  const hosts = new Set(OWN_HOSTS);
  for (const text of host) {
    const name = certificateHost(text);
    const problem = `--host: '${text}' is neither a host name nor an IP address. Give it without scheme and port.`;
    if (name === undefined) return report(cli, usageFailure('Usage', problem), json);
    hosts.add(name);
  }
  const folder = join(dataDirOf(cli), 'tls');
  const outcome = await issueServerCertificate(folder, [...hosts], cli.clock.now());
  if (outcome.kind === 'problem') return report(cli, usageFailure('Authority', outcome.message), json);
  const files = authorityFiles(folder);
  const validTo = outcome.validTo.toISOString().slice(0, 10);
  if (json) {
    const { authority, cert, key } = files;
    cli.stdout.write(`${printableJson({ authority, cert, key, hosts: [...hosts], validTo })}\n`);
    return 0;
  }
  const authority = outcome.authority === 'made' ? 'a new local authority' : 'the authority that was there';
  cli.stdout.write(
    `Made a certificate for ${[...hosts].join(', ')}, valid until ${validTo}, signed by ${authority}.\n\n${useText(files)}`,
  );
  return 0;
}

type Files = ReturnType<typeof authorityFiles>;

function useText({ authority, cert, key }: Files): string {
  const ca = shellWord(authority);
  return `Start the server with it; a running one that has these settings takes it over at a SIGHUP:

  export SMARTJOBS_TLS_CERT=${shellWord(cert)}
  export SMARTJOBS_TLS_KEY=${shellWord(key)}
  npm start

Have the clients trust the authority, by this one file: ${authority}

  Node.js   export NODE_EXTRA_CA_CERTS=${ca}
  Python    export REQUESTS_CA_BUNDLE=${ca}
  Go        export SSL_CERT_FILE=${ca}
  curl      curl --cacert ${ca} ...
  Java      keytool -importcert -noprompt -alias smartjobs -file ${ca} -keystore smartjobs.p12 -storepass changeit
            and java -Djavax.net.ssl.trustStore=smartjobs.p12 -Djavax.net.ssl.trustStorePassword=changeit ...

The official SDKs speak HTTPS by default: they then need the endpoint's host and port, and no protocol setting.
`;
}
