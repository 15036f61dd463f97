import { refuse, refuseMissing, type Refusal } from './api-error.ts';
import type { AnyOperation } from './operation.ts';
import { PRODUCT_VERSIONS, type Product } from './product.ts';
import type { RpcRequest } from './read-request.ts';

/** Finds operations by version and action: the same action means different things in different products. */
export class OperationDirectory<Services> {
  readonly #byVersion = new Map<string, Map<string, AnyOperation<Services>>>();

  constructor(operations: readonly AnyOperation<Services>[]) {
    for (const operation of operations) {
      const version = PRODUCT_VERSIONS[operation.product];
      const actions = this.#byVersion.get(version) ?? new Map<string, AnyOperation<Services>>();
      this.#byVersion.set(version, actions.set(operation.action, operation));
    }
  }

  find({ action, version }: Pick<RpcRequest, 'action' | 'version'>): AnyOperation<Services> | Refusal {
    if (action === '') return refuseMissing('Action');
    if (version === '') return refuseMissing('Version');
    const actions = this.#byVersion.get(version);
    if (actions === undefined) return this.#refuseVersion(version);
    const operation = actions.get(action);
    if (operation !== undefined) return operation;
    const served = [...actions.keys()].join(', ');
    const message = `The action '${action.slice(0, 64)}' of version ${version} is not served here. Served actions: ${served}.`;
    return refuse('InvalidAction.NotFound', message);
  }

  #refuseVersion(version: string): Refusal {
    const served = [...this.#byVersion.keys()].map((known) => `${known} (${productOf(known)})`).join(', ');
    return refuse(
      'InvalidVersion',
      `The version '${version.slice(0, 64)}' is not served. Served versions: ${served}.`,
    );
  }
}

function productOf(version: string): string {
  const products = Object.keys(PRODUCT_VERSIONS) as Product[];
  return (products.find((product) => PRODUCT_VERSIONS[product] === version) ?? '').toUpperCase();
}
