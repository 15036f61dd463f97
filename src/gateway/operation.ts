import type { Caller } from '../auth/caller.ts';
import type { ConditionContext } from '../auth/policy/condition-context.ts';
import type { Refusal } from './api-error.ts';
import type { ParameterTable, ParameterValues } from './parameter-table.ts';
import type { Product } from './product.ts';
import type { StoredJson } from './stored-json.ts';

/** A value of an answer: plain data, or JSON text that is passed through as it was stored. */
export type AnswerValue = string | number | boolean | StoredJson | readonly AnswerValue[] | AnswerObject;
export type AnswerObject = { readonly [name: string]: AnswerValue | undefined };

/** The fields of a successful answer, without RequestId, which the gateway adds. Never one called Code. */
export type Answer = { readonly kind: 'answer'; readonly fields: AnswerObject };

export function answer(fields: AnswerObject): Answer {
  return { kind: 'answer', fields };
}

export type Call<Values> = {
  readonly caller: Caller;
  readonly values: Values;
  /** What the conditions of policies can ask about the request. */
  readonly context: ConditionContext;
};

/** A field of an answer, for the reference docs. */
export type AnswerField = {
  /** Dotted path; `[]` marks the elements of an array. */
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'object' | 'array';
  readonly description: string;
  readonly additive?: true;
};

/** An action: everything the server, the docs and the command line know of it stands here. */
export type Operation<Services, T extends ParameterTable = ParameterTable> = {
  readonly product: Product;
  /** The service's name for it. */
  readonly action: string;
  readonly summary: string;
  /** Ours, not the service's: named so in the docs. */
  readonly additive?: true;
  /** What a RAM policy has to allow, on each of the resources. */
  readonly ramAction: `${Product}:${string}`;
  /** Templates of ARNs, such as `acs:ram::{Account}:user/{UserName}`. Absent: `*`, all resources. */
  readonly resources?: readonly string[];
  /** Every identity may call it, as long as no policy denies it. */
  readonly openToAll?: true;
  readonly parameters: T;
  readonly answers: readonly AnswerField[];
  /** The element name of each array's items in XML, by the array's name; the name itself where it is repeated. */
  readonly xmlItems?: Readonly<Record<string, string>>;
  handle(call: Call<ParameterValues<T>>, services: Services): Promise<Answer | Refusal>;
};

/** Any operation over these services; the table of one cannot stand in for that of another. */
export type AnyOperation<Services> = Omit<Operation<Services>, 'handle'> & {
  handle(call: Call<never>, services: Services): Promise<Answer | Refusal>;
};

/** Keeps the literal types of the parameter table, from which the handler's values are derived. */
export function defineOperation<Services>() {
  return <const T extends ParameterTable>(operation: Operation<Services, T>): Operation<Services, T> => operation;
}
