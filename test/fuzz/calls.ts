import fc from 'fast-check';
import type { Parameter } from '../../src/gateway/parameter-table.ts';
import { PRODUCT_VERSIONS } from '../../src/gateway/product.ts';
import { ALL_OPERATIONS } from '../../src/operations/all-operations.ts';
import { jsonText, nastyText } from './documents.ts';

export type FuzzedCall = { readonly action: string; readonly parameters: Record<string, string> };

/** Few names, so that what one call makes is found by another. */
const names = fc.constantFrom(
  'alice',
  'bob',
  'readers',
  'editor',
  'user/alice',
  'role/editor',
  'ice:ListSmartJobs',
  'custom',
);

function valueOf(name: string, parameter: Parameter): fc.Arbitrary<string> {
  const anything = fc.oneof(nastyText, names);
  if (/Polic|Document/.test(name)) return fc.oneof({ weight: 4, arbitrary: jsonText }, anything);
  switch (parameter.kind) {
    case 'json':
      return fc.oneof({ weight: 8, arbitrary: jsonText }, anything);
    case 'integer': {
      const near = fc.integer({ min: parameter.min - 2, max: Math.min(parameter.max + 2, 1_000_000) });
      return fc.oneof({ weight: 4, arbitrary: near.map(String) }, anything);
    }
    case 'choice':
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...parameter.allowed) }, anything);
    case 'boolean':
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom('true', 'false', 'True') }, anything);
    case 'clock-time':
      return fc.oneof(fc.constantFrom('00:00:00', '99:59:59', '24:61:61', '-1:00:00', '00:00:00.5'), anything);
    default:
      return fc.oneof({ weight: 3, arbitrary: names }, nastyText);
  }
}

/** A call of any operation, with any subset of its parameters and perhaps one of nobody's. */
export const anyCall: fc.Arbitrary<FuzzedCall> = fc
  .constantFrom(...ALL_OPERATIONS)
  .chain(({ action, product, parameters }) => {
    const known = Object.fromEntries(
      Object.entries(parameters).map(([name, table]) => [name, valueOf(name, table)]),
    );
    return fc
      .tuple(fc.record(known, { requiredKeys: [] }), fc.option(fc.tuple(nastyText, nastyText), { nil: undefined }))
      .map(([given, stray]) => ({
        action,
        parameters: {
          Version: PRODUCT_VERSIONS[product],
          ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
          ...(stray !== undefined && { [stray[0]]: stray[1] }),
        },
      }));
  });
