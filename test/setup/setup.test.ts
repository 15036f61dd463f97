import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';

import { failInCi, installAdvice, installTools } from '../../scripts/setup/install-tools.js';
import { packagesAreStale } from '../../scripts/setup/node-packages.js';
import { nodeVersionServes } from '../../scripts/setup/node-version.js';
import { isThere, readSystemTools } from '../../scripts/setup/system-tools.js';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'smartjobs-setup-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string): void {
  writeFileSync(join(folder, name), '#!/bin/sh\n');
  chmodSync(join(folder, name), 0o755);
}

describe('the Node.js version', () => {
  const engines = '^20.19 || ^22.12 || >=24';

  test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0', '24.9.1', '25.1.0'])('%s serves', (version) => {
    expect(nodeVersionServes(version, engines)).toBe(true);
  });

  test.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0', '23.9.0'])('%s does not serve', (version) => {
    expect(nodeVersionServes(version, engines)).toBe(false);
  });

  test('a range of a form it does not know is an error, not a guess', () => {
    expect(() => nodeVersionServes('20.19.0', '20.x')).toThrow(/20\.x/);
  });
});

describe('npm packages', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b-windows': { version: '1.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } };

  test('are up to date without the optional packages of other platforms', () => {
    expect(packagesAreStale(wanted, installed)).toBe(false);
  });

  test('are stale when nothing was ever installed', () => {
    expect(packagesAreStale(wanted, undefined)).toBe(true);
  });

  test('are stale when one is missing', () => {
    expect(packagesAreStale(wanted, { packages: {} })).toBe(true);
  });

  test('are stale when one has other content under the same version', () => {
    const other = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-other' } } };
    expect(packagesAreStale(wanted, other)).toBe(true);
  });
});

describe('system tools', () => {
  const tools = readSystemTools(root);
  const named = (name: string) => {
    const tool = tools.find((each) => each.name === name);
    if (tool === undefined) throw new Error(`system-tools.json has no ${name}`);
    return tool;
  };
  const pocketsphinx = named('PocketSphinx');
  const compiler = named('C++ build tools');
  const onlyFolder = { PATH: folder };

  test('each says what it is for, and how to get it on Debian and Fedora', () => {
    for (const tool of tools) {
      expect(tool.purpose).not.toBe('');
      expect(tool.detect.flat()).not.toEqual([]);
      expect(tool.packages.apt).not.toEqual([]);
      expect(tool.packages.dnf).not.toEqual([]);
    }
  });

  test('one of the alternatives is enough', () => {
    expect(isThere(pocketsphinx, onlyFolder)).toBe(false);
    program('pocketsphinx_batch');
    expect(isThere(pocketsphinx, onlyFolder)).toBe(true);
  });

  test('every part of a tool is needed', () => {
    program('make');
    program('python3');
    expect(isThere(compiler, onlyFolder)).toBe(false);
    program('clang++');
    expect(isThere(compiler, onlyFolder)).toBe(true);
  });

  test('a program that is named by its variable is believed', () => {
    expect(isThere(named('ffmpeg'), { PATH: '', FFMPEG_PATH: '/opt/ffmpeg/bin/ffmpeg' })).toBe(true);
  });

  test('with --no-system-setup what is missing is reported and nothing is installed', () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(installTools([compiler], { system: false, env: { PATH: '' } })).toEqual([compiler]);
    expect(stderr.mock.calls.join('')).toContain('apt-get install build-essential python3');
  });

  test('the advice is one command of the package manager that is there', () => {
    const wanted = [named('ffmpeg'), pocketsphinx];
    program('dnf');
    expect(installAdvice(wanted, onlyFolder)).toBe('sudo dnf install ffmpeg-free pocketsphinx');
  });

  test('the advice names every package manager where none is known, and no package twice', () => {
    const advice = installAdvice([pocketsphinx, named('PocketSphinx en-us model')], { PATH: '' });
    expect(advice).toContain('apt-get install pocketsphinx pocketsphinx-en-us');
    expect(advice).toMatch(/or brew install cmu-pocketsphinx$/);
  });

  test('a missing tool fails a run of CI, and only that', () => {
    expect(() => failInCi([pocketsphinx], { CI: 'true' })).toThrow(/PocketSphinx/);
    expect(() => failInCi([pocketsphinx], {})).not.toThrow();
    expect(() => failInCi([], { CI: 'true' })).not.toThrow();
  });
});
