import type { Command } from 'commander';
import { decodeDiagnosticMessage } from '../../operations/ram/decode-diagnostic-message.ts';
import { simulatePolicy } from '../../operations/ram/simulate-policy.ts';
import type { Cli, CliContext, ExitCode } from '../cli-context.ts';
import { withClient, withJson, type CommonOptions } from '../client-command.ts';
import { failureOf, report, usageFailure } from '../failure.ts';
import { printable, printableJson } from '../printable-text.ts';

type SimulateOptions = CommonOptions & {
  readonly as: string;
  readonly resource: string;
  readonly context: readonly string[];
};

export function addPolicyDecisions(policies: Command, cli: Cli): void {
  const simulate = policies.command('simulate').description(simulatePolicy.summary);
  simulate.argument('<action>', simulatePolicy.parameters.AuthAction.description);
  simulate.requiredOption('--as <user/NAME|role/NAME>', 'who would do it');
  simulate.option('--resource <arn>', 'on what', '*');
  simulate.option(
    '--context <key=value>',
    'a condition key, such as acs:SourceIp=192.0.2.1; may be repeated',
    collect,
    [],
  );
  withJson(simulate).action(async (action: string, options: SimulateOptions) =>
    cli.exit(await simulateDecision(cli, action, options)),
  );

  const explain = policies.command('explain').description(decodeDiagnosticMessage.summary);
  explain.argument('<message>', decodeDiagnosticMessage.parameters.EncodedDiagnosticMessage.description);
  withJson(explain).action(async (message: string, options: CommonOptions) =>
    cli.exit(await explainRefusal(cli, message, options)),
  );
}

function collect(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}

async function simulateDecision(cli: CliContext, action: string, options: SimulateOptions): Promise<ExitCode> {
  const { json = false, as, resource } = options;
  const unnamed = options.context.find((text) => !text.includes('='));
  if (unnamed !== undefined) {
    return report(cli, usageFailure('Usage', `--context '${unnamed}' is not <key>=<value>.`), json);
  }
  const conditions = Object.fromEntries(options.context.map(splitAtEquals));
  const parameters = {
    Entity: as,
    AuthAction: action,
    AuthResource: resource,
    AuthConditions: JSON.stringify(conditions),
  };
  return withClient(cli, options, async (client) => {
    const outcome = await client.callProduct<{ readonly Decision: Decision }>('ram', 'SimulatePolicy', parameters);
    if (outcome.kind !== 'ok') return failureOf(outcome);
    const { Decision: decision } = outcome.body;
    const said = decision.Allowed
      ? `allowed: ${whichStatement(decision.MatchedPolicies)}`
      : `denied (${decision.NoPermissionType}): ${whichStatement(decision.MatchedPolicies)}`;
    cli.stdout.write(json ? `${printableJson(outcome.body)}\n` : `${printable(said)}\n`);
    return 0;
  });
}

function splitAtEquals(text: string): [key: string, value: string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

type Matched = {
  readonly Effect: string;
  readonly PolicyIdentifier: string;
  readonly PolicyType: string;
  readonly Statement: number;
};

type Decision = {
  readonly Allowed: boolean;
  readonly NoPermissionType?: string;
  readonly MatchedPolicies: readonly Matched[];
};

type Diagnosis = {
  readonly ExplicitDeny: boolean;
  readonly NoPermissionPolicyType: string;
  readonly AuthAction: string;
  readonly AuthResource: string;
  readonly AuthPrincipal: { readonly AuthPrincipalType: string; readonly AuthPrincipalDisplayName: string };
  readonly AuthConditions: readonly {
    readonly ConditionKey: string;
    readonly ConditionValues: readonly string[];
  }[];
  readonly MatchedPolicies: readonly Matched[];
};

function whichStatement([matched]: readonly Matched[]): string {
  if (matched === undefined) return 'no statement of any policy allows it';
  const { Effect, PolicyIdentifier, PolicyType, Statement } = matched;
  return `Statement[${Statement}] of ${PolicyType}/${PolicyIdentifier} says ${Effect}`;
}

function explainRefusal(cli: CliContext, message: string, options: CommonOptions): Promise<ExitCode> {
  return withClient(cli, options, async (client) => {
    const outcome = await client.callProduct<{ readonly DecodedDiagnosticMessage: Diagnosis }>(
      'ram',
      'DecodeDiagnosticMessage',
      { EncodedDiagnosticMessage: message },
    );
    if (outcome.kind !== 'ok') return failureOf(outcome);
    const { DecodedDiagnosticMessage: diagnosis } = outcome.body;
    cli.stdout.write(options.json === true ? `${printableJson(outcome.body)}\n` : explained(diagnosis));
    return 0;
  });
}

function explained(diagnosis: Diagnosis): string {
  const { AuthPrincipal: principal, AuthConditions: conditions } = diagnosis;
  const lines = [
    `${principal.AuthPrincipalType} ${principal.AuthPrincipalDisplayName} may not do ${diagnosis.AuthAction} on ${diagnosis.AuthResource}`,
    `${diagnosis.NoPermissionPolicyType}: ${whichStatement(diagnosis.MatchedPolicies)}`,
    ...conditions.map(({ ConditionKey, ConditionValues }) => `  ${ConditionKey} = ${ConditionValues.join(', ')}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
