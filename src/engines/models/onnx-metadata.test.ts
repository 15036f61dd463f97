import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnnxMetadata } from './onnx-metadata.ts';

let path: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-metadata-'));
  path = join(folder, 'model.onnx');
});
afterAll(() => rm(folder, { recursive: true }));

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(varint(8 * number + 2)), Buffer.from(varint(content.length)), content]);
}

function entry(key: string, value: string): Buffer {
  return field(14, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]));
}

const VERSION = Buffer.from([8, ...varint(8)]);

test('finds what the maker wrote, in front of and behind a network of any size', async () => {
  const network = field(7, Buffer.alloc(3 * 1024 * 1024));
  const names = Array.from({ length: 1000 }, (_, index) => `speaker_${index}`).join(',');
  const head = [VERSION, entry('sample_rate', '24000')];
  await writeFile(path, Buffer.concat([...head, network, entry('speaker_names', names), entry('版本', '二')]));
  const found = await readOnnxMetadata(path);
  expect([...(found ?? [])]).toEqual([
    ['sample_rate', '24000'],
    ['speaker_names', names],
    ['版本', '二'],
  ]);
});

test('a model without any has none', async () => {
  await writeFile(path, Buffer.concat([VERSION, field(7, Buffer.alloc(100))]));
  expect(await readOnnxMetadata(path)).toEqual(new Map());
});

test.each([
  ['text', Buffer.from('nothing of a network')],
  ['a field that is longer than the file', Buffer.from([0x3a, 0xff, 0xff, 0x7f])],
  ['a number without an end', Buffer.alloc(40, 0xff)],
])('%s is no model', async (_name, bytes) => {
  await writeFile(path, bytes);
  expect(await readOnnxMetadata(path)).toBeUndefined();
});

test('a model that was cut off is none', async () => {
  await writeFile(path, Buffer.concat([VERSION, field(7, Buffer.alloc(1000)), entry('a', 'b')]));
  await truncate(path, 500);
  expect(await readOnnxMetadata(path)).toBeUndefined();
});
