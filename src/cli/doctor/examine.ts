import { dataDirOf, readServerEndpoint } from '../../client/connection.ts';
import { trustLocalAuthority } from '../../client/local-authority.ts';
import { readSettings } from '../../server/settings.ts';
import type { CliContext } from '../cli-context.ts';
import { readProjectFacts } from '../project-root.ts';
import { missing, type Check } from './check.ts';
import { dataCheck } from './data-check.ts';
import { engineChecks } from './engine-checks.ts';
import { modelsCheck } from './models-check.ts';
import { clockCheck, nodeCheck, REBUILD_SQLITE, sqliteCheck } from './runtime-checks.ts';
import { serverChecks } from './server-checks.ts';
import { installCommand, isThere, readSystemTools, thisMachine, toolCheck, type Machine } from './system-tools.ts';

export type Diagnosis = {
  /** Whether jobs can run. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Brings all that a command can bring; undefined where nothing of that kind is missing. */
  readonly command: string | undefined;
};

/** Looks at everything that a job needs on this machine. */
export async function examine(cli: CliContext, machine: Machine = thisMachine(cli.env)): Promise<Diagnosis> {
  const sqlite = await sqliteCheck();
  const runtime = [
    nodeCheck(process.versions.node, readProjectFacts().nodeRange),
    sqlite,
    clockCheck(cli.clock.now()),
  ];
  const read = readSettings({ flags: {}, env: cli.env, cwd: cli.cwd });
  if (read.kind === 'problems') {
    const problems = read.problems.map((problem) => missing('settings', problem, 'Correct or unset it.'));
    return diagnosis([...runtime, ...problems], [], sqlite, machine);
  }
  const { settings } = read;
  const endpoint = readServerEndpoint(cli);
  if (endpoint !== undefined) await trustLocalAuthority(cli, endpoint);
  const engines = await engineChecks(settings);
  const local = [
    ...runtime,
    dataCheck(dataDirOf(cli)),
    ...(await serverChecks(endpoint, settings, () => cli.clock.now())),
    ...engines,
    ...(await modelsCheck(settings.models.dir)),
  ];
  return diagnosis(local, engines, sqlite, machine);
}

/** The tools of the table last: they say where the engines' parts come from. */
function diagnosis(checks: Check[], engines: readonly Check[], sqlite: Check, machine: Machine): Diagnosis {
  const lacks = (check: Check): boolean => check.state === 'missing';
  const jobsLack = engines.some(lacks);
  const needed = { jobs: jobsLack, build: lacks(sqlite), optional: false };
  const tools = readSystemTools();
  const all = [...checks, ...tools.map((tool) => toolCheck(tool, needed[tool.need], machine))];
  const install = tools.filter((tool) => needed[tool.need] && !isThere(tool, machine));
  const commands = [
    ...(install.length > 0 ? [installCommand(install, machine)] : []),
    ...(lacks(sqlite) ? [REBUILD_SQLITE] : []),
  ];
  return { ok: !all.some(lacks), checks: all, command: commands.join(' && ') || undefined };
}
