import { describe, expect, test } from 'vitest';
import { ALL_OPERATIONS } from '../../src/operations/all-operations.ts';
import { ram, sts } from '../support/identity-clients.ts';

type Model = new (map?: object) => object;
type Named = Model & { names(): Record<string, string>; types(): Record<string, unknown> };

/** This server has no tags; as every unknown parameter, they are passed over. */
const TAGS = ['Tag', 'Tags', 'TagKey', 'TagValue'];

/** What answers do not say, beside the tags. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  GetUser: ['LastLoginDate'], // nobody logs in with a password
  AssumeRole: ['SourceIdentity'],
  DecodeDiagnosticMessage: ['PolicyVersion', 'AttachedEntityType', 'AttachedScope'],
};

const CLIENTS = { ram, sts } as unknown as Record<string, Record<string, Named | undefined>>;
const OPERATIONS = ALL_OPERATIONS.filter(({ product, additive }) => product !== 'ice' && additive !== true);

/** The names of all fields of a model, those of its parts included. */
function fieldNames(model: Named | undefined): string[] {
  if (model === undefined) return [];
  const types = model.types();
  const parts = Object.keys(model.names()).flatMap((field) => partNames(types[field]));
  return [...Object.values(model.names()), ...parts];
}

function partNames(type: unknown): string[] {
  if (typeof type === 'function' && 'names' in type) return fieldNames(type as Named);
  if (typeof type === 'object' && type !== null && 'itemType' in type) return partNames(type.itemType);
  return [];
}

describe.each(OPERATIONS.map((operation) => [operation.action, operation] as const))('%s', (action, operation) => {
  const client = CLIENTS[operation.product] ?? {};

  test('takes what the official client sends, and nothing that it cannot', () => {
    const sent = Object.values(client[`${action}Request`]?.names() ?? {}).filter((name) => !TAGS.includes(name));
    expect(Object.keys(operation.parameters).toSorted()).toEqual(sent.toSorted());
  });

  test('documents what the official client reads from the answer', () => {
    const documented = new Set(operation.answers.flatMap(({ name, description }) => wordsOf(name, description)));
    const unsaid = new Set(['RequestId', ...TAGS, ...(UNSAID[action] ?? [])]);
    const read = fieldNames(client[`${action}ResponseBody`]);
    expect(read.filter((name) => !documented.has(name) && !unsaid.has(name))).toEqual([]);
  });

  test('is about resources that its parameters name', () => {
    const places = [...(operation.resources ?? []).join(' ').matchAll(/\{(\w+)\}/g)];
    const known = new Set([...Object.keys(operation.parameters), 'Account', 'PolicyOwner']);
    expect(places.map(([, name]) => name).filter((name) => !known.has(name ?? ''))).toEqual([]);
  });
});

/** `Users.User[].UserName`, and where a description lists the fields of an object, those. */
function wordsOf(name: string, description: string): string[] {
  return [...name.split(/[.[\]]+/), ...(description.match(/\w+/g) ?? [])];
}
