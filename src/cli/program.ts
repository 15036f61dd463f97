import { Command, CommanderError } from 'commander';
import type { Cli, CliContext, ExitCode } from './cli-context.ts';
import { addAudit } from './commands/audit.ts';
import { addCancel } from './commands/cancel.ts';
import { addCount } from './commands/count.ts';
import { addCerts } from './commands/certs.ts';
import { addDelete } from './commands/delete.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEnv } from './commands/env.ts';
import { addFetch } from './commands/fetch.ts';
import { addGet } from './commands/get.ts';
import { addGroups } from './commands/groups.ts';
import { addHotwords } from './commands/hotwords.ts';
import { addKeysRotateMaster } from './commands/keys-rotate-master.ts';
import { addKeys } from './commands/keys.ts';
import { addList } from './commands/list.ts';
import { addMedia } from './commands/media.ts';
import { addModels } from './commands/models.ts';
import { addPolicies } from './commands/policies.ts';
import { addPut } from './commands/put.ts';
import { addRepair } from './commands/repair.ts';
import { addRetry } from './commands/retry.ts';
import { addRoles } from './commands/roles.ts';
import { addServe } from './commands/serve.ts';
import { addSubmit } from './commands/submit.ts';
import { addUsers } from './commands/users.ts';
import { addVoices } from './commands/voices.ts';
import { addWatch } from './commands/watch.ts';
import { report, usageFailure } from './failure.ts';
import { readProjectFacts } from './project-root.ts';

const COMMANDS = [
  addServe,
  addSubmit,
  addList,
  addCount,
  addGet,
  addWatch,
  addCancel,
  addRetry,
  addDelete,
  addPut,
  addFetch,
  addMedia,
  addModels,
  addVoices,
  addDoctor,
  addRepair,
  addCerts,
  addHotwords,
  addUsers,
  addGroups,
  addKeys,
  addKeysRotateMaster,
  addPolicies,
  addRoles,
  addAudit,
  addEnv,
];

const SETTINGS_HELP = `
Client commands find the server by SMARTJOBS_ENDPOINT, SMARTJOBS_OBJECTS_ENDPOINT, SMARTJOBS_ACCESS_KEY_ID and
SMARTJOBS_ACCESS_KEY_SECRET, else in the data dir of a server on this machine (SMARTJOBS_DATA_DIR, ./data).
Exit codes: 0 done, 1 the job or the call failed, 2 usage or configuration.`;

/** Runs one command line. Never throws for what a user can do wrong. */
export async function runCommandLine(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const cli: Cli = { ...context, exit: (code) => (exit = code) };
  const program = new Command('smartjobs');
  program.description('Self-hosted server for intelligent media jobs, and its client.');
  program.version(readProjectFacts().version).addHelpText('after', SETTINGS_HELP);
  let complaint = '';
  program.configureOutput({
    writeOut: (text) => cli.stdout.write(text),
    // Kept back: a usage error is reported below, once, in the form that was asked for.
    writeErr: (text) => (complaint += text),
  });
  for (const add of COMMANDS) add(program, cli);
  inheritSettings(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return endOf(error, complaint, cli, argv.includes('--json'));
  }
}

/** commander hands its settings down only to commands made after they were set. */
function inheritSettings(command: Command): void {
  command.exitOverride().showSuggestionAfterError();
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
}

/** Help and version end well; a command line that cannot be read is exit code 2, which commander calls 1. */
function endOf(error: CommanderError, complaint: string, cli: Cli, json: boolean): ExitCode {
  if (error.exitCode === 0) return 0;
  // A command that wants a subcommand shows its help instead of a complaint.
  if (error.code === 'commander.help' && !json) {
    cli.stderr.write(complaint);
    return 2;
  }
  const sentence = error.code === 'commander.help' ? 'The command is not complete.' : error.message;
  const message = sentence.replace(/^error: /, '').replaceAll(/\s*\n/g, ' ');
  return report(cli, usageFailure('Usage', message), json);
}
