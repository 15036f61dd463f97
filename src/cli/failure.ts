import type { CallError, Unreachable } from '../client/call-outcome.ts';
import type { CliContext, ExitCode } from './cli-context.ts';
import { paintFor } from './paint.ts';
import { printable, printableJson } from './printable-text.ts';

/** Why a command did not do what it was asked. */
export type Failure = {
  readonly kind: 'failure';
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  /** Empty where no server was asked or none answered. */
  readonly requestId: string;
  /** Of a refusal of permission: what `policies explain` explains. */
  readonly diagnosticMessage?: string | undefined;
};

type FailedOutcome = CallError | Unreachable | { readonly kind: 'file'; readonly message: string };

/** A wrong command line, a missing setting, a file that cannot be read: nothing was tried. */
export function usageFailure(code: string, message: string): Failure {
  return { kind: 'failure', exit: 2, code, message, requestId: '' };
}

export function failureOf(outcome: FailedOutcome): Failure {
  if (outcome.kind === 'error') {
    const { code, message, requestId, diagnosticMessage } = outcome;
    return { kind: 'failure', exit: 1, code, message, requestId, diagnosticMessage };
  }
  if (outcome.kind === 'file') return usageFailure('File', outcome.message);
  return { kind: 'failure', exit: 1, code: 'Unreachable', message: outcome.message, requestId: '' };
}

/** With --json an error is the document on stdout, so that a program has one place to look at. */
export function report(cli: CliContext, failure: Failure, json: boolean): ExitCode {
  const { code, message, requestId, diagnosticMessage } = failure;
  if (json) {
    cli.stdout.write(`${printableJson(errorDocument(failure))}\n`);
    return failure.exit;
  }
  const paint = paintFor(cli.stderr, cli.env);
  cli.stderr.write(`${paint('red', 'error')} ${paint('bold', printable(code))}: ${printable(message)}\n`);
  if (requestId !== '') cli.stderr.write(`RequestId: ${printable(requestId)}\n`);
  if (diagnosticMessage !== undefined) {
    cli.stderr.write(
      `Who may read policies learns why: smartjobs policies explain ${printable(diagnosticMessage)}\n`,
    );
  }
  return failure.exit;
}

export function errorDocument({ code, message, requestId, diagnosticMessage }: Failure): object {
  return { error: { code, message, requestId, diagnosticMessage } };
}
