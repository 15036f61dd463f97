import XMLBuilder from 'fast-xml-builder';
import type { AnswerObject } from './operation.ts';
import { StoredJson } from './stored-json.ts';

const builder = new XMLBuilder({ format: false, suppressEmptyNode: false, processEntities: true });

/**
 * XML as the service's first-generation clients read it: an array is an element that holds one element per item,
 * `<SmartJobList><SmartJobListItem>…`; the item's name comes from the operation, else it is the array's name + Item.
 * An array whose items have its own name is an element that is repeated, `<Users><User>…</User><User>…`.
 */
export function renderXml(
  root: string,
  document: AnswerObject,
  itemNames: Readonly<Record<string, string>>,
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build({ [root]: shape(document, root, itemNames) })}`;
}

function shape(value: unknown, name: string, itemNames: Readonly<Record<string, string>>): unknown {
  if (value instanceof StoredJson) return shape(value.parse(), name, itemNames);
  if (Array.isArray(value)) {
    const itemName = itemNames[name] ?? `${name}Item`;
    if (itemName === name) return value.map((item) => shape(item, itemName, itemNames));
    return value.length === 0 ? '' : { [itemName]: value.map((item) => shape(item, itemName, itemNames)) };
  }
  if (typeof value === 'string') return withoutForbiddenCharacters(value);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.length === 0
    ? ''
    : Object.fromEntries(members.map(([key, member]) => [key, shape(member, key, itemNames)]));
}

/** XML 1.0 has no way to write most control characters, not even escaped; JSON has. */
function withoutForbiddenCharacters(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
}
