import { XMLParser } from 'fast-xml-parser';
import type { CallError } from './call-outcome.ts';

const parser = new XMLParser({ parseTagValue: false, processEntities: true });

/** Reads the XML of an error of the object store; anything else is told by its status. */
export function readObjectError(status: number, text: string): CallError {
  const { Code, Message, RequestId } = errorFields(text);
  return {
    kind: 'error',
    code: textOf(Code) || `HTTP${status}`,
    message: textOf(Message) || `The object store answered HTTP ${status}.`,
    requestId: textOf(RequestId),
    status,
  };
}

type ErrorFields = { readonly Code?: unknown; readonly Message?: unknown; readonly RequestId?: unknown };

function errorFields(text: string): ErrorFields {
  try {
    const document = parser.parse(text) as { Error?: ErrorFields };
    return document.Error ?? {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
