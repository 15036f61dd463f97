import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { ParameterTable, TextParameter } from '../gateway/parameter-table.ts';
import type { SubmitToken } from '../jobs/submit-token.ts';
import { fingerprint } from '../pipelines/fingerprint.ts';

/** Milliseconds that a ClientToken is known. The service does not tell how long it keeps one. */
const KEPT_FOR = 86_400_000;

export const CLIENT_TOKEN = {
  kind: 'text',
  maxBytes: 64,
  description:
    'At most 64 ASCII characters of your choice. For 24 hours the same call with the same token is answered with the job of the first one, as long as that is there; another call with it is refused.',
} as const satisfies TextParameter;

type Values = Readonly<Record<string, unknown>>;

/**
 * What makes this submit one that can be repeated; undefined where the caller gave no token. The same are calls whose
 * parameters are: JSON counts by what it says, not by how it is written, since programs write its keys in any order.
 */
export function readSubmitToken(
  action: string,
  table: ParameterTable,
  values: Values & { readonly ClientToken: string },
): SubmitToken | Refusal | undefined {
  const { ClientToken } = values;
  if (ClientToken === '') return undefined;
  if (!/^[\x20-\x7E]+$/.test(ClientToken)) {
    return refuseValue('ClientToken', ClientToken, 'at most 64 ASCII characters');
  }
  const names = Object.keys(table).filter((name) => name !== 'ClientToken' && table[name]?.kind !== 'ignored');
  const submitted = names.toSorted().map((name) => {
    const value = values[name];
    const isJson = table[name]?.kind === 'json' && typeof value === 'string' && value !== '';
    return [name, isJson ? meaningOf(value) : value];
  });
  return { token: `${action} ${ClientToken}`, fingerprint: fingerprint(action, submitted), keepMs: KEPT_FOR };
}

/** For the caller of a token that came with another submit. */
export function refuseUsedToken(): Refusal {
  return refuse(
    'IdempotentParameterMismatch',
    'The ClientToken came before with other parameters: use a new one for each job, and the same one only to repeat a call.',
  );
}

/** No document of ours is deeper; what strangers nest deeper would not fit on the stack, and counts as it is written. */
const DEEPEST = 32;

function meaningOf(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return isDeeper(value, DEEPEST) ? text : inOrder(value);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** The same value with the keys of its objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, inOrder(part)]));
}
