import { delimited, float, integer, message, type Field } from './protobuf.ts';

/**
 * The part of ONNX (onnx.proto3 of the ONNX project, IR version 8) that small hand-made networks need, written as
 * protocol buffers without any library, so that tests run the real inference engine on models of their own.
 */
export type OnnxModel = {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly constants: readonly Constant[];
  /** In the order of their evaluation. */
  readonly nodes: readonly Node[];
  /** What sherpa-onnx reads about a model, such as `vocab_size`. */
  readonly metadata?: Readonly<Record<string, string | number>>;
};

export type ElementType = 'float' | 'int32' | 'int64';

/** A number in the shape is fixed, a name is a dimension that varies. */
export type TensorInfo = {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
};

export type Constant = {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
};

/** Numbers are ints; `{ float: x }` is a float. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export type Node = {
  /** As in the list of ONNX operators: `MatMul`, `Transpose`, … */
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

const IR_VERSION = 8;
const OPERATOR_SET = 17;
const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = { float: 1, int32: 6, int64: 7 };
const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** The bytes of the `.onnx` file. */
export function onnxModel({ inputs, outputs, constants, nodes, metadata = {} }: OnnxModel): Buffer {
  return Buffer.concat([
    integer(1, IR_VERSION),
    delimited(2, 'smartjobs tests'),
    message(7, [
      ...nodes.map((node, index) => message(1, nodeFields(node, index))),
      delimited(2, 'graph'),
      ...constants.map((constant) => message(5, tensorFields(constant))),
      ...inputs.map((info) => message(11, infoFields(info))),
      ...outputs.map((info) => message(12, infoFields(info))),
    ]),
    message(8, [delimited(1, ''), integer(2, OPERATOR_SET)]),
    ...Object.entries(metadata).map(([key, value]) =>
      message(14, [delimited(1, key), delimited(2, String(value))]),
    ),
  ]);
}

function nodeFields({ operator, inputs, outputs, attributes = {} }: Node, index: number): Field[] {
  return [
    ...inputs.map((name) => delimited(1, name)),
    ...outputs.map((name) => delimited(2, name)),
    delimited(3, `${operator}-${index}`),
    delimited(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, [delimited(1, name), ...attributeFields(value)]),
    ),
  ];
}

function attributeFields(value: Attribute): Field[] {
  if (typeof value === 'number') return [integer(3, value), integer(20, ATTRIBUTE_TYPES.int)];
  if (typeof value === 'string') return [delimited(4, value), integer(20, ATTRIBUTE_TYPES.string)];
  if ('float' in value) return [float(2, value.float), integer(20, ATTRIBUTE_TYPES.float)];
  return [...value.map((one) => integer(8, one)), integer(20, ATTRIBUTE_TYPES.ints)];
}

function tensorFields({ name, type, shape, values }: Constant): Field[] {
  const expected = shape.reduce((product, length) => product * length, 1);
  if (values.length !== expected) throw new Error(`${name} has ${values.length} values, its shape ${expected}`);
  const dims = shape.map((length) => integer(1, length));
  return [...dims, integer(2, ELEMENT_TYPES[type]), delimited(8, name), delimited(9, rawData(type, values))];
}

function rawData(type: ElementType, values: readonly number[]): Buffer {
  if (type === 'float') return Buffer.from(Float32Array.from(values).buffer);
  if (type === 'int32') return Buffer.from(Int32Array.from(values).buffer);
  return Buffer.from(BigInt64Array.from(values, BigInt).buffer);
}

function infoFields({ name, type, shape }: TensorInfo): Field[] {
  const dims = shape.map((length) =>
    message(1, [typeof length === 'number' ? integer(1, length) : delimited(2, length)]),
  );
  return [delimited(1, name), message(2, [message(1, [integer(1, ELEMENT_TYPES[type]), message(2, dims)])])];
}
