import { conditionKeyProblem } from './condition-keys.ts';
import { CONDITION_OPERATORS, type ConditionOperator } from './condition-operators.ts';
import { isJsonObject, type JsonObject } from './json-reader.ts';
import type { Condition } from './policy-document.ts';
import { inside, shown, type Problems } from './policy-problem.ts';
import { readTexts } from './statement-elements.ts';

/** Reads `{"<operator>": {"<key>": "<value>" or ["<value>", …]}}`; a statement without it has no conditions. */
export function readConditions(statement: JsonObject, path: string, problems: Problems): readonly Condition[] {
  const element = statement.get('Condition');
  if (element === undefined) return [];
  const conditionPath = inside(path, 'Condition');
  if (!isJsonObject(element)) {
    const message = `Condition is ${shown(element)}, but must be an object whose names are operators.`;
    problems.push({ path: conditionPath, message });
    return [];
  }
  return [...element].flatMap(([name, keys]) => {
    const operatorPath = inside(conditionPath, name);
    const operator = CONDITION_OPERATORS.get(name);
    if (operator === undefined) {
      problems.push({ path: operatorPath, message: unknownOperator(name) });
      return [];
    }
    if (isJsonObject(keys) && keys.size > 0) return readKeys(name, operator, keys, operatorPath, problems);
    const found = isJsonObject(keys) ? 'an empty object' : shown(keys);
    const message = `${name} is ${found}, but must be an object of condition keys and their values.`;
    problems.push({ path: operatorPath, message });
    return [];
  });
}

function readKeys(
  name: string,
  operator: ConditionOperator,
  keys: JsonObject,
  path: string,
  problems: Problems,
): readonly Condition[] {
  return [...keys].map(([key, value]) => {
    const keyPath = inside(path, key);
    const keyProblem = conditionKeyProblem(key);
    if (keyProblem !== undefined) problems.push({ path: keyPath, message: keyProblem });
    const values = readTexts(value, keyPath, problems, (text) => {
      if (operator.isValue(text)) return undefined;
      return `${shown(text)} is no value for ${name}, which must be ${operator.expected ?? 'a text'}.`;
    });
    return { operator: name, key, values };
  });
}

function unknownOperator(name: string): string {
  return `There is no operator ${shown(name)}. The operators are ${[...CONDITION_OPERATORS.keys()].join(', ')}.`;
}
