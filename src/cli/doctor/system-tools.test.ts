import { describe, expect, test } from 'vitest';
import {
  installCommand,
  isThere,
  readSystemTools,
  toolCheck,
  type Machine,
  type SystemTool,
} from './system-tools.ts';

const packages = { apt: ['sound-tool'], dnf: ['sound-tool-free'], brew: ['sound'] };
const tool: SystemTool = {
  name: 'sound tool',
  purpose: 'makes sounds',
  need: 'jobs',
  detect: [['sound5', 'sound4'], ['/usr/share/sound/model']],
  override: 'SOUND_PATH',
  packages,
};

function machine(parts: { has?: readonly string[]; env?: Record<string, string>; isRoot?: boolean }): Machine {
  const has = (name: string): boolean => parts.has?.includes(name) === true;
  return { env: parts.env ?? {}, hasProgram: has, hasPath: has, isRoot: parts.isRoot ?? false };
}

describe('a system tool', () => {
  test('is there when one entry of every list is', () => {
    expect(isThere(tool, machine({ has: ['sound4', '/usr/share/sound/model'] }))).toBe(true);
    expect(isThere(tool, machine({ has: ['sound4', 'sound5'] }))).toBe(false);
    expect(isThere(tool, machine({}))).toBe(false);
  });

  test('is there when the environment names it', () => {
    expect(isThere(tool, machine({ env: { SOUND_PATH: '/opt/sound' } }))).toBe(true);
  });

  test('that is missing is told with the command that brings it', () => {
    const on = machine({ has: ['apt-get'] });
    expect(toolCheck(tool, true, on)).toMatchObject({
      state: 'missing',
      remedy: 'sudo apt-get install -y sound-tool',
    });
    expect(toolCheck(tool, false, on)).toMatchObject({ state: 'optional' });
  });
});

test.each([
  ['apt-get', false, 'sudo apt-get install -y sound-tool other'],
  ['apt-get', true, 'apt-get install -y sound-tool other'],
  ['dnf', false, 'sudo dnf install -y sound-tool-free other'],
  ['brew', false, 'brew install sound other'],
])('with %s (root: %s) all missing tools come by one command', (manager, isRoot, command) => {
  const other = { ...tool, packages: { apt: ['other', 'sound-tool'], dnf: ['other'], brew: ['other'] } };
  expect(installCommand([tool, other], machine({ has: [manager], isRoot }))).toBe(command);
});

test('a package manager that has none of them is said to have none', () => {
  const other = { ...tool, packages: { ...packages, brew: [] } };
  expect(installCommand([other], machine({ has: ['brew'] }))).toBe('no package of brew has it');
});

test('without a known package manager the command of each is told', () => {
  expect(installCommand([tool], machine({ isRoot: true }))).toBe(
    'apt-get install -y sound-tool, or dnf install -y sound-tool-free, or brew install sound',
  );
});

test('the table that ships with the project has what jobs need', () => {
  const names = readSystemTools()
    .filter(({ need }) => need === 'jobs')
    .map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['ffmpeg', 'PocketSphinx', 'apertium', 'apertium English-Spanish']));
});
