import { isJsonObject, type JsonObject } from './json-reader.ts';
import type { Principals } from './policy-document.ts';
import { inside, shown, type Problems } from './policy-problem.ts';
import { readTexts } from './statement-elements.ts';

const NOBODY: Principals = { ram: [], services: [] };
const RULE = 'must be an object with "RAM" or "Service" or both';

const RAM_PRINCIPAL = /^acs:ram::\d{16}:(?:root|user\/[A-Za-z0-9._-]{1,64}|role\/[A-Za-z0-9.-]{1,64})$/;
const SERVICE_PRINCIPAL = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Reads `{"RAM": […], "Service": […]}` of a trust policy. */
export function readPrincipals(statement: JsonObject, path: string, problems: Problems): Principals {
  const element = statement.get('Principal');
  const principalPath = inside(path, 'Principal');
  if (element === undefined) {
    problems.push({ path: principalPath, message: `Principal is missing; in a trust policy it ${RULE}.` });
    return NOBODY;
  }
  if (!isJsonObject(element) || element.size === 0) {
    const found = isJsonObject(element) ? 'an empty object' : shown(element);
    problems.push({ path: principalPath, message: `Principal is ${found}, but ${RULE}.` });
    return NOBODY;
  }
  const read = (kind: string, problemOf: (text: string) => string | undefined): readonly string[] => {
    const value = element.get(kind);
    return value === undefined ? [] : readTexts(value, inside(principalPath, kind), problems, problemOf);
  };
  for (const kind of element.keys()) {
    if (kind === 'RAM' || kind === 'Service') continue;
    const message =
      kind === 'Federated'
        ? 'Federated principals are not served, since this server has no identity providers; use "RAM" or "Service".'
        : `There is no kind of principal ${shown(kind)}; Principal ${RULE}.`;
    problems.push({ path: inside(principalPath, kind), message });
  }
  return { ram: read('RAM', ramProblem), services: read('Service', serviceProblem) };
}

function ramProblem(text: string): string | undefined {
  if (RAM_PRINCIPAL.test(text)) return undefined;
  const forms = ['root', 'user/<name>', 'role/<name>']
    .map((identity) => `"acs:ram::<account>:${identity}"`)
    .join(', ');
  return `${shown(text)} is no principal; it must be one of ${forms}, without wildcards.`;
}

function serviceProblem(text: string): string | undefined {
  if (SERVICE_PRINCIPAL.test(text)) return undefined;
  return `${shown(text)} is no service; it must be a name such as "ecs.aliyuncs.com".`;
}
