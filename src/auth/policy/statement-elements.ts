import { isJsonList, type JsonObject, type JsonValue } from './json-reader.ts';
import type { ActionElement, Effect } from './policy-document.ts';
import { inside, shown, type Problems } from './policy-problem.ts';
import { splitArn } from './resource-pattern.ts';

/** `*`, or a service and an operation, each with wildcards where wanted. */
const ACTION = /^(?:\*|[A-Za-z0-9*?_-]+:[A-Za-z0-9*?_.-]+)$/;

/** A text or a list of texts, as a list. A problem where it is neither, or where a text fails the check. */
export function readTexts(
  value: JsonValue,
  path: string,
  problems: Problems,
  problemOf: (text: string) => string | undefined,
): readonly string[] {
  const isList = isJsonList(value);
  const items = isList ? value : [value];
  if (items.length === 0) problems.push({ path, message: 'The list is empty; it needs at least one text.' });
  return items.flatMap((item, index) => {
    const itemPath = isList ? inside(path, index) : path;
    if (typeof item !== 'string') {
      const message = `The value is ${shown(item)}, but must be a text in double quotes${isList ? '' : ' or a list of them'}.`;
      problems.push({ path: itemPath, message });
      return [];
    }
    const message = problemOf(item);
    if (message !== undefined) problems.push({ path: itemPath, message });
    return [item];
  });
}

export function readEffect(statement: JsonObject, path: string, problems: Problems): Effect {
  const effect = statement.get('Effect');
  if (effect === 'Allow' || effect === 'Deny') return effect;
  const found = effect === undefined ? 'Effect is missing' : `Effect is ${shown(effect)}`;
  problems.push({ path: inside(path, 'Effect'), message: `${found}; it must be "Allow" or "Deny".` });
  return 'Deny';
}

export function readAction(statement: JsonObject, path: string, problems: Problems): ActionElement {
  const action = statement.get('Action');
  const notAction = statement.get('NotAction');
  if (action !== undefined && notAction === undefined) {
    return { kind: 'listed', patterns: readTexts(action, inside(path, 'Action'), problems, actionProblem) };
  }
  if (notAction !== undefined && action === undefined) {
    return { kind: 'unlisted', patterns: readTexts(notAction, inside(path, 'NotAction'), problems, actionProblem) };
  }
  const found = action === undefined ? 'neither Action nor NotAction' : 'both Action and NotAction';
  problems.push({ path, message: `The statement has ${found}; it needs exactly one of them.` });
  return { kind: 'listed', patterns: [] };
}

export function readResources(statement: JsonObject, path: string, problems: Problems): readonly string[] {
  const resource = statement.get('Resource');
  if (resource !== undefined) return readTexts(resource, inside(path, 'Resource'), problems, resourceProblem);
  const message = 'Resource is missing; it must be "*" or ARNs such as "acs:ram:*:*:user/*".';
  problems.push({ path: inside(path, 'Resource'), message });
  return [];
}

function actionProblem(text: string): string | undefined {
  if (ACTION.test(text)) return undefined;
  const rule = 'must be "*" or "<service>:<operation>", such as "ice:ListSmartJobs" or "ice:List*"';
  return `${shown(text)} is no action; an action ${rule}.`;
}

function resourceProblem(text: string): string | undefined {
  if (text === '*' || splitArn(text) !== undefined) return undefined;
  const rule =
    'must be "*" or "acs:<service>:<region>:<account>:<relative id>", each part with wildcards where wanted';
  return `${shown(text)} is no resource; a resource ${rule}.`;
}
