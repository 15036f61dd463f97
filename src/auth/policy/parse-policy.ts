import { readConditions } from './condition-element.ts';
import { isJsonList, isJsonObject, readJson, type JsonObject, type JsonValue } from './json-reader.ts';
import type { PolicyDocument, Statement, TrustPolicyDocument, TrustStatement } from './policy-document.ts';
import { IDENTITY_POLICY_CHARACTERS, TRUST_POLICY_CHARACTERS } from './policy-limits.ts';
import { inside, shown, type PolicyProblem, type Problems } from './policy-problem.ts';
import { readPrincipals } from './principal-element.ts';
import { readAction, readEffect, readResources } from './statement-elements.ts';

/** Enough for a person to work with; a hostile document has thousands. */
const MAX_PROBLEMS = 20;

/** At least one problem, in the order of the document. */
export type InvalidPolicy = { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };
export type ParsedPolicy = { readonly kind: 'policy'; readonly policy: PolicyDocument } | InvalidPolicy;
export type ParsedTrustPolicy = { readonly kind: 'policy'; readonly policy: TrustPolicyDocument } | InvalidPolicy;

/** Reads a policy of users, groups and roles, or, with its limit, of a session. */
export function parsePolicy(text: string, maxCharacters = IDENTITY_POLICY_CHARACTERS): ParsedPolicy {
  return parseDocument(text, maxCharacters, readStatement);
}

/** Reads the trust policy of a role. */
export function parseTrustPolicy(text: string, maxCharacters = TRUST_POLICY_CHARACTERS): ParsedTrustPolicy {
  return parseDocument(text, maxCharacters, readTrustStatement);
}

type ReadStatement<Read> = (statement: JsonObject, path: string, problems: Problems) => Read;

function parseDocument<Read>(
  text: string,
  maxCharacters: number,
  readOne: ReadStatement<Read>,
): { readonly kind: 'policy'; readonly policy: { readonly statements: readonly Read[] } } | InvalidPolicy {
  if (text.length > maxCharacters) {
    const message = `The document has ${text.length} characters; at most ${maxCharacters} are allowed, spaces included.`;
    return { kind: 'invalid', problems: [{ path: '', message }] };
  }
  const json = readJson(text);
  if (json.kind === 'malformed') {
    const path = `line ${json.line}, column ${json.column}`;
    return { kind: 'invalid', problems: [{ path, message: `The document is not JSON. ${json.message}` }] };
  }
  const problems: Problems = [];
  const statements = readDocument(json.value, problems, readOne);
  if (problems.length > 0) return { kind: 'invalid', problems: problems.slice(0, MAX_PROBLEMS) };
  return { kind: 'policy', policy: { statements } };
}

function readDocument<Read>(
  document: JsonValue,
  problems: Problems,
  readOne: ReadStatement<Read>,
): readonly Read[] {
  if (!isJsonObject(document)) {
    const message = `The document is ${shown(document)}, but must be an object with Version and Statement.`;
    problems.push({ path: '', message });
    return [];
  }
  refuseUnknown(document, ['Version', 'Statement'], '', problems);
  const version = document.get('Version');
  if (version !== '1') {
    const found = version === undefined ? 'Version is missing' : `Version is ${shown(version)}`;
    problems.push({ path: 'Version', message: `${found}; it must be the text "1".` });
  }
  const list = document.get('Statement');
  if (list === undefined || !isJsonList(list) || list.length === 0) {
    const found = list === undefined ? 'Statement is missing' : 'Statement is no list or an empty one';
    problems.push({ path: 'Statement', message: `${found}; it must be a list of at least one statement.` });
    return [];
  }
  return list.flatMap((statement, index) => {
    const path = inside('Statement', index);
    if (isJsonObject(statement)) return [readOne(statement, path, problems)];
    problems.push({ path, message: `The statement is ${shown(statement)}, but must be an object.` });
    return [];
  });
}

function readStatement(statement: JsonObject, path: string, problems: Problems): Statement {
  refuseUnknown(statement, ['Effect', 'Action', 'NotAction', 'Resource', 'Condition'], path, problems);
  return {
    effect: readEffect(statement, path, problems),
    action: readAction(statement, path, problems),
    resources: readResources(statement, path, problems),
    conditions: readConditions(statement, path, problems),
  };
}

function readTrustStatement(statement: JsonObject, path: string, problems: Problems): TrustStatement {
  refuseUnknown(statement, ['Effect', 'Principal', 'Action', 'NotAction', 'Condition'], path, problems);
  return {
    effect: readEffect(statement, path, problems),
    principals: readPrincipals(statement, path, problems),
    action: readAction(statement, path, problems),
    conditions: readConditions(statement, path, problems),
  };
}

/** Names that are not served are refused, never skipped: what a person wrote and what counts must be the same. */
function refuseUnknown(object: JsonObject, known: readonly string[], path: string, problems: Problems): void {
  for (const name of object.keys()) {
    if (known.includes(name)) continue;
    const message = `${UNSERVED.get(name) ?? `There is no element ${shown(name)} here`}. The elements are ${known.join(', ')}.`;
    problems.push({ path: inside(path, name), message });
  }
}

const UNSERVED: ReadonlyMap<string, string> = new Map([
  ['NotResource', 'NotResource is no element of this language; list what is meant under Resource'],
  ['Principal', 'Principal belongs in the trust policy of a role; whom this policy is for is told by attaching it'],
  ['Resource', 'Resource does not belong in a trust policy, which is about its own role'],
]);
