import { watch } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LineTranslation, TranslationOutcome, TranslationRequest } from '../translator.ts';
import { apertium } from './apertium.ts';

const MODES = '/usr/share/apertium/modes';
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'apertium-'));
});
afterAll(async () => await rm(scratch, { recursive: true }));

function run(
  lines: readonly string[],
  more: Partial<TranslationRequest> = {},
  engine = apertium(),
): Promise<TranslationOutcome> {
  const { signal } = new AbortController();
  return engine.translate({ source: 'en', target: 'es', lines, glossary: [], scratch, signal, ...more });
}

async function texts(...given: Parameters<typeof run>): Promise<string[]> {
  const outcome = await run(...given);
  if (outcome.kind !== 'translated') throw new Error(outcome.message);
  return outcome.lines.map((line: LineTranslation) =>
    line.kind === 'translated' ? line.text : `? ${line.reason}`,
  );
}

/** A folder as that of apertium, with the modes of an English-Spanish pair under names of our own. */
async function dataFolderWith(modes: Readonly<Record<string, 'eng-spa' | 'spa-eng'>>): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'data-'));
  await mkdir(join(folder, 'modes'));
  for (const [name, real] of Object.entries(modes)) {
    await copyFile(join(MODES, `${real}.mode`), join(folder, 'modes', `${name}.mode`));
  }
  return folder;
}

/** A mode `eng-spa` that is a shell script. */
async function pretend(dataFolder: string, script: string): Promise<void> {
  const program = join(dataFolder, 'program');
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await writeFile(join(dataFolder, 'modes', 'eng-spa.mode'), `${program}\n`);
}

describe('English and Spanish', () => {
  test('are translated line by line, in order', async () => {
    const lines = ['The house is red.', 'I have three cars', 'but the cat is black.', 'Hello world'];
    expect(await texts(lines)).toEqual([
      'La casa es roja.',
      'Tengo tres coches',
      'pero el gato es negro.',
      'Hola mundo',
    ]);
  });

  test('both ways, also by other names of the languages', async () => {
    expect(await texts(['La casa es roja.'], { source: 'spa', target: 'en-US' })).toEqual(['The house is red.']);
  });

  test('names that are not in the dictionary stay, without a star', async () => {
    expect(await texts(['Kowalski lives in Gdynia.'])).toEqual([
      expect.stringMatching(/^Kowalski [^*]+ Gdynia\.$/),
    ]);
  });

  test('numbers, addresses, markup and line breaks stay', async () => {
    const line =
      'On 2024-05-01 <i>she</i> paid $1,234.50 at https://a.example/b?c=[1]&d=2, ask @bob\nor bob@mail.example.';
    const [text = ''] = await texts([line]);
    for (const part of [
      ...[
        '2024-05-01',
        '<i>',
        '</i>',
        '$1,234.50',
        'https://a.example/b?c=[1]&d=2,',
        '@bob',
        '\n',
        'bob@mail.example.',
      ],
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('she');
  });

  test('500 lines are 500 lines, each in its place', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `Line ${index} says that the house is red`);
    const fractions: number[] = [];
    const translated = await texts(lines, { onProgress: (fraction) => void fractions.push(fraction) });
    expect(translated).toEqual(
      lines.map((_, index) => `La línea ${index} dice que la casa es roja`.replace('La l', 'L')),
    );
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });
});

const HOSTILE = [
  '[',
  ']',
  '\\',
  '^cat/dog$',
  '<STREAMCMD:FLUSH>',
  '[<STREAMCMD:SETVAR:EOS=1>] house',
  '[[t:i:x]]word[[/]]',
  '\0',
  '<b\0>house',
  '{\\an8\0}house',
  '\r',
  'house\0[][1\n]\0house',
  '][',
  '[][2\n]',
  '~x~',
  '*a #b @c +d',
  '${HOME} $(id) `id`',
  '-u',
  "'; rm -rf /",
  '\uD800',
  'xqaaqx xqabqx',
  'a'.repeat(5000),
  '<b',
  '{\\an8}Up here',
  '♪',
  '42',
  '\u202E\u200B\uFEFF',
  '&amp;&#0;',
  '😀😀',
];

describe('lines that look like the format of the engine', () => {
  test('neither break nor move a line, and their signs come back', async () => {
    const lines = HOSTILE.flatMap((line, index) => [line, `The house ${index} is red.`]);
    const translated = await texts(lines);
    expect(translated).toHaveLength(lines.length);
    const signs = (text: string): string => (text.match(/[[\]{}^$/\\@<>~*#+]/g) ?? []).toSorted().join('');
    for (const [index, line] of lines.entries()) {
      expect([line, signs(translated[index] ?? '')]).toEqual([line, signs(line)]);
    }
    const between = translated.filter((_, index) => index % 2 === 1);
    expect(between.map((text) => text.slice(0, text.indexOf(' es ')))).toEqual(
      HOSTILE.map((_, index) => `La casa ${index}`),
    );
  });

  test('a line is translated as it is alone', async () => {
    const lines = [
      'and the',
      'of the house',
      'to be',
      'New',
      'York is big',
      'take',
      'it out',
      "don't",
      'as well',
      'as',
    ];
    const together = await texts(lines);
    const backwards = await texts(lines.toReversed());
    expect(together).toEqual(backwards.toReversed());
    expect([together[2]]).toEqual(await texts(lines.slice(2, 3)));
  });

  test('nothing of a line is run, and nothing is left behind', async () => {
    const folder = await mkdtemp(join(scratch, 'run-'));
    await texts(['$(touch pwned) `touch pwned`; touch pwned'], { scratch: folder });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the glossary', () => {
  const glossary = [
    { source: 'house', target: 'mansión' },
    { source: 'red house', target: 'Casa Roja' },
    { source: 'New York', target: 'Nueva Ámsterdam' },
  ];

  test('is honoured, whole words alone, the longest first, with the capitals of the line', async () => {
    const lines = ['The house is big.', 'I saw the red house.', 'House!', 'Greenhouse effect', 'THE HOUSE IS BIG'];
    const translated = await texts(lines, { glossary });
    expect(translated[0]).toBe('El mansión es grande.');
    expect(translated[1]).toContain('Casa Roja');
    expect(translated[2]).toBe('¡Mansión!');
    expect(translated[3]).not.toMatch(/mansión/i);
    expect(translated[4]).toContain('MANSIÓN');
  });

  test('holds for every term of a line, however many', async () => {
    const line = Array.from({ length: 40 }, () => 'the house of New York').join(' and ');
    const [text = ''] = await texts([line], { glossary });
    expect(text.match(/mansión/g)).toHaveLength(40);
    expect(text.match(/Nueva Ámsterdam/g)).toHaveLength(40);
    expect(text).not.toMatch(/xq[a-z]+qx/i);
  });
});

describe('pairs', () => {
  test('are those that are installed', async () => {
    const pairs = await apertium().pairs();
    expect(pairs).toContainEqual({ source: 'en', target: 'es' });
    expect(pairs).toContainEqual({ source: 'es', target: 'en' });
  });

  test('one that is installed while the server runs is used', async () => {
    const dataFolder = await dataFolderWith({});
    const engine = apertium({ dataFolder });
    expect(await engine.pairs()).toEqual([]);
    expect(await run(['The house'], {}, engine)).toMatchObject({ kind: 'unavailable' });
    await copyFile(join(MODES, 'eng-spa.mode'), join(dataFolder, 'modes', 'eng-spa.mode'));
    expect(await texts(['The house'], {}, engine)).toEqual(['La casa']);
  });

  test('two of them make a third, terms of the glossary included', async () => {
    const engine = apertium({ dataFolder: await dataFolderWith({ 'deu-spa': 'eng-spa', 'spa-fra': 'spa-eng' }) });
    const pair = { source: 'de', target: 'fr' };
    const glossary = [{ source: 'cat', target: 'gato casa' }];
    expect([await engine.modelFor(pair), await engine.through(pair)]).toEqual(['deu-spa, spa-fra', 'es']);
    expect(await texts(['The cat is in the red house.'], { ...pair, glossary }, engine)).toEqual([
      'The gato casa is in the red house.',
    ]);
  });
});

describe('what goes wrong', () => {
  test('a mode that breaks is a failure with the words of the program for the log', async () => {
    const dataFolder = await dataFolderWith({});
    await writeFile(join(dataFolder, 'modes', 'eng-spa.mode'), "lt-proc '/nonexistent/eng-spa.bin'\n");
    const outcome = await run(['The house', 'is red'], {}, apertium({ dataFolder }));
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('eng-spa') as string });
  });

  test('a line that breaks the engine does not take the others with it', async () => {
    const dataFolder = await dataFolderWith({});
    await pretend(
      dataFolder,
      String.raw`exec gawk 'BEGIN { RS = "\0" } /poison/ { exit 1 } { printf "%s%c", $0, 0 }'`,
    );
    const lines = ['one', 'two', 'poison', 'four', 'five'];
    const expected = ['one', 'two', '? apertium broke on this line.', 'four', 'five'];
    const engine = apertium({ dataFolder });
    expect(await texts(lines, {}, engine)).toEqual(expected);
    // With something to be kept in it, its parts are tried alone.
    const withAddress = lines.map((line) => line.replace('poison', 'poison of www.a.example'));
    expect(await texts(withAddress, {}, engine)).toEqual(expected);
  });

  test('without the program the message says how to get it', async () => {
    const engine = apertium({ program: 'no-such-apertium' });
    const remedy = expect.stringContaining('apt-get install apertium apertium-eng-spa') as string;
    expect(await run(['x'], {}, engine)).toEqual({ kind: 'unavailable', message: remedy });
    expect(await engine.availability(scratch)).toMatchObject({ kind: 'missing', remedy });
  });

  test('an abort ends the program and throws its reason', async () => {
    const dataFolder = await dataFolderWith({});
    await pretend(dataFolder, 'touch ../started; exec sleep 60');
    const folder = await mkdtemp(join(scratch, 'run-'));
    const control = new AbortController();
    const watcher = watch(folder, (_, name) => {
      if (name === 'started') control.abort(new Error('gone'));
    });
    const outcome = run(['The house'], { signal: control.signal, scratch: folder }, apertium({ dataFolder }));
    await expect(outcome).rejects.toThrow('gone');
    watcher.close();
  });
});

test('the doctor is told version and modes', async () => {
  expect(await apertium().availability(scratch)).toMatchObject({
    kind: 'ready',
    version: expect.stringMatching(/^3\./) as string,
    detail: expect.stringContaining('eng-spa') as string,
  });
});
