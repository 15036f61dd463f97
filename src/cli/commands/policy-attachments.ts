import { Option, type Command } from 'commander';
import { systemPolicy } from '../../auth/system-policies.ts';
import { printAnswerText, type AnswerText } from '../answer-text.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report } from '../failure.ts';
import { readPolicyHolder } from '../policy-holder-argument.ts';
import { printableJson } from '../printable-text.ts';

type TypeOptions = CommonOptions & { readonly type?: string };
type HolderOptions = TypeOptions & { readonly to?: string; readonly from?: string };

const HOLDER = '<user/NAME|group/NAME|role/NAME>';

export function addPolicyAttachments(policies: Command, cli: Cli): void {
  const attach = policies.command('attach').description('Attaches a policy to a user, a group or a role.');
  onPolicy(attach).requiredOption(`--to ${HOLDER}`, 'who gets it');
  attach.action(async (name: string, options: HolderOptions) =>
    cli.exit(
      await callOnHolder(cli, options, options.to, {
        actionOf: (noun) => `AttachPolicyTo${noun}`,
        parameters: policyParameters(name, options),
        text: { kind: 'said', said: () => `${name} is attached to ${options.to}.` },
      }),
    ),
  );

  const detach = policies.command('detach').description('Detaches a policy from a user, a group or a role.');
  onPolicy(detach).requiredOption(`--from ${HOLDER}`, 'who loses it');
  detach.action(async (name: string, options: HolderOptions) =>
    cli.exit(
      await callOnHolder(cli, options, options.from, {
        actionOf: (noun) => `DetachPolicyFrom${noun}`,
        parameters: policyParameters(name, options),
        text: { kind: 'said', said: () => `${name} is detached from ${options.from}.` },
      }),
    ),
  );

  const of = policies.command('of').description('Lists the policies attached to a user, a group or a role itself.');
  withJson(of.argument(HOLDER)).action(async (holder: string, options: CommonOptions) =>
    cli.exit(
      await callOnHolder(cli, options, holder, {
        actionOf: (noun) => `ListPoliciesFor${noun}`,
        parameters: {},
        text: { kind: 'table', of: ['Policies', 'Policy'], columns: ['PolicyType', 'PolicyName', 'AttachDate'] },
      }),
    ),
  );

  const get = policies.command('get').description('Gets a policy with the document that counts.');
  onPolicy(get).action(async (name: string, options: TypeOptions) =>
    cli.exit(
      await call(cli, options, 'GetPolicy', policyParameters(name, options), { kind: 'fields', of: 'Policy' }),
    ),
  );
}

function onPolicy(command: Command): Command {
  const type = new Option('--type <type>', 'System or Custom; default: System for a name of those').choices([
    'System',
    'Custom',
  ]);
  return withJson(command.argument('<policy-name>').addOption(type));
}

function policyParameters(name: string, { type }: TypeOptions): Readonly<Record<string, string>> {
  return { PolicyName: name, PolicyType: type ?? (systemPolicy(name) === undefined ? 'Custom' : 'System') };
}

type HolderCall = {
  readonly actionOf: (noun: string) => string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly text: AnswerText;
};

async function callOnHolder(
  cli: CliContext,
  options: CommonOptions,
  holder: string | undefined,
  { actionOf, parameters, text }: HolderCall,
): Promise<ExitCode> {
  const read = readPolicyHolder(holder ?? '');
  if (read.kind === 'failure') return report(cli, read, options.json === true);
  return call(cli, options, actionOf(read.noun), { ...parameters, ...read.parameters }, text);
}

function call(
  cli: CliContext,
  { json = false }: CommonOptions,
  action: string,
  parameters: Readonly<Record<string, string>>,
  text: AnswerText,
): Promise<ExitCode> {
  return withClient(cli, { json }, async (client) => {
    const outcome = await client.callProduct('ram', action, parameters);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    if (json) cli.stdout.write(`${printableJson(outcome.body)}\n`);
    else printAnswerText(cli, text, outcome.body, parameters);
    return 0;
  });
}
