import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bpeVocabulary } from './bpe-vocabulary.ts';

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

function bytesField(field: number, bytes: Uint8Array): Buffer {
  return Buffer.from([...varint(field * 8 + 2), ...varint(bytes.length), ...bytes]);
}

function piece(text: string, score: number): Buffer {
  const number = Buffer.alloc(5, 0x15);
  number.writeFloatLE(score, 1);
  // Field 3 is the kind of the piece, a number.
  return bytesField(1, Buffer.concat([bytesField(1, Buffer.from(text)), number, Buffer.from([0x18, 2])]));
}

describe('the vocabulary of word pieces', () => {
  test('has a line for each piece of the model, in its order', () => {
    const trainer = bytesField(2, Buffer.alloc(300, 7));
    const model = Buffer.concat([piece('<unk>', 0), piece('▁THE', -1.5), piece('S', -0), trainer]);
    expect(bpeVocabulary(model)).toBe('<unk>\t0\n▁THE\t-1.5\nS\t0\n');
  });

  test('is none where the bytes are no such model', () => {
    expect(bpeVocabulary(Buffer.from(''))).toBeUndefined();
    expect(bpeVocabulary(piece('cut off', 1).subarray(0, -3))).toBeUndefined();
    expect(bpeVocabulary(Buffer.from('some text file'))).toBeUndefined();
  });

  test('never fails on whatever bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['string', 'undefined']).toContain(typeof bpeVocabulary(bytes));
      }),
    );
  });
});
