/** The wire types of protocol buffers that occur here. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * The vocabulary of a SentencePiece model (`bpe.model`) as sherpa-onnx wants it to cut hotwords into pieces
 * (`bpe.vocab`): a line for each piece, a tab, and its score. Most releases have the model alone.
 *
 * @returns undefined where the bytes are no such model
 */
export function bpeVocabulary(model: Uint8Array): string | undefined {
  try {
    const lines: string[] = [];
    for (const { field, bytes } of fieldsOf(model)) {
      if (field === 1 && bytes !== undefined) lines.push(`${pieceLine(bytes)}\n`);
    }
    return lines.length === 0 ? undefined : lines.join('');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function pieceLine(message: Uint8Array): string {
  let piece = '';
  let score = 0;
  for (const { field, bytes, number } of fieldsOf(message)) {
    if (field === 1 && bytes !== undefined) piece = Buffer.from(bytes).toString('utf8');
    if (field === 2 && number !== undefined) score = number;
  }
  return `${piece}\t${score}`;
}

type Field = { readonly field: number; readonly bytes?: Uint8Array; readonly number?: number };

/** The fields of a message in their order. @throws RangeError where it is cut off or none */
function* fieldsOf(message: Uint8Array): Generator<Field> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): number => {
    for (let scale = 1, value = 0; ; scale *= 128) {
      const byte = view.getUint8(at);
      at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case VARINT:
        yield { field, number: varint() };
        break;
      case FIXED32:
        yield { field, number: view.getFloat32(at, true) };
        at += 4;
        break;
      case FIXED64:
        at += 8;
        break;
      case BYTES: {
        const length = varint();
        if (length > message.length - at) throw new RangeError('cut off');
        yield { field, bytes: message.subarray(at, at + length) };
        at += length;
        break;
      }
      default:
        throw new RangeError('no message');
    }
  }
}
