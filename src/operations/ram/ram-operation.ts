import type { Operation } from '../../gateway/operation.ts';
import type { ParameterTable } from '../../gateway/parameter-table.ts';
import { operation, type OperationServices } from '../services.ts';

type Definition<T extends ParameterTable> = Omit<Operation<OperationServices, T>, 'product' | 'ramAction'>;

/** An operation of RAM. What a policy has to allow is `ram:` and the name of the action. */
export function ramOperation<const T extends ParameterTable>(
  definition: Definition<T>,
): Operation<OperationServices, T> {
  return operation<T>({ ...definition, product: 'ram', ramAction: `ram:${definition.action}` });
}
