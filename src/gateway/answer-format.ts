import { refuse, type Refusal } from './api-error.ts';
import type { HttpRequest } from './http-message.ts';

export type AnswerFormat = 'JSON' | 'XML';

/**
 * JSON unless XML is asked for: by the parameter Format (any case), which the older scheme always sends, or by the
 * Accept header, which the newer one does. A Format wins, because clients that sent `Format=json` read nothing else.
 */
export function answerFormat(
  parameters: ReadonlyMap<string, string>,
  headers: HttpRequest['headers'],
): AnswerFormat | Refusal {
  const format = parameters.get('Format') ?? '';
  if (format !== '') {
    const upper = format.toUpperCase();
    if (upper === 'JSON' || upper === 'XML') return upper;
    return refuse('InvalidParameter.Format', `Format must be JSON or XML, not '${format.slice(0, 64)}'.`);
  }
  const accept = headers.accept?.toLowerCase() ?? '';
  if (accept === '' || accept.includes('json') || accept.includes('*/*')) return 'JSON';
  if (accept.includes('xml')) return 'XML';
  if (accept.includes('application/*')) return 'JSON';
  return refuse(
    'InvalidParameter.Accept',
    `Accept must allow application/json or application/xml, not '${accept.slice(0, 64)}'.`,
  );
}
