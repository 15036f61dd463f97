import { existsSync, readFileSync } from 'node:fs';
import { findProgram } from '../../engines/find-program.ts';
import { projectFile } from '../project-root.ts';
import type { Check } from './check.ts';

const MANAGERS = ['apt', 'dnf', 'brew'] as const;
type Manager = (typeof MANAGERS)[number];

/** A row of system-tools.json, which also says what each field means. */
export type SystemTool = {
  readonly name: string;
  readonly purpose: string;
  readonly need: 'jobs' | 'build' | 'optional';
  readonly detect: readonly (readonly string[])[];
  readonly override?: string;
  readonly packages: Readonly<Record<Manager, readonly string[]>>;
};

/** How to look for things on this machine; a test has its own. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasProgram: (name: string) => boolean;
  readonly hasPath: (path: string) => boolean;
  readonly isRoot: boolean;
};

export function thisMachine(env: Machine['env']): Machine {
  return {
    env,
    hasProgram: (name) => findProgram(name) !== undefined,
    hasPath: existsSync,
    isRoot: process.getuid?.() === 0,
  };
}

export function readSystemTools(): readonly SystemTool[] {
  const table = JSON.parse(readFileSync(projectFile('system-tools.json'), 'utf8')) as { tools: SystemTool[] };
  return table.tools;
}

export function isThere({ override, detect }: SystemTool, machine: Machine): boolean {
  if (override !== undefined && machine.env[override]) return true;
  const has = (entry: string): boolean =>
    entry.includes('/') ? machine.hasPath(entry) : machine.hasProgram(entry);
  return detect.every((alternatives) => alternatives.some(has));
}

/** @param isNeeded whether jobs, or this program itself, cannot do without it here */
export function toolCheck(tool: SystemTool, isNeeded: boolean, machine: Machine): Check {
  if (isThere(tool, machine)) return { name: tool.name, state: 'ok', detail: tool.purpose };
  const command = installCommand([tool], machine);
  const state = isNeeded ? 'missing' : 'optional';
  return { name: tool.name, state, detail: `not found; ${tool.purpose}`, remedy: command };
}

/** The one command that installs all of them here; that of each package manager where none is known. */
export function installCommand(tools: readonly SystemTool[], machine: Machine): string {
  const manager = MANAGERS.find((name) => machine.hasProgram(name === 'apt' ? 'apt-get' : name));
  if (manager !== undefined) return commandOf(manager, tools, machine);
  return MANAGERS.map((name) => commandOf(name, tools, machine)).join(', or ');
}

function commandOf(manager: Manager, tools: readonly SystemTool[], { isRoot }: Machine): string {
  const packages = [...new Set(tools.flatMap((tool) => tool.packages[manager]))].join(' ');
  if (packages === '') return `no package of ${manager} has it`;
  const sudo = isRoot ? '' : 'sudo ';
  if (manager === 'brew') return `brew install ${packages}`;
  return manager === 'apt' ? `${sudo}apt-get install -y ${packages}` : `${sudo}dnf install -y ${packages}`;
}
