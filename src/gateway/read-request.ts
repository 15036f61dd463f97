import type { SignedRequest } from '../auth/signed-request.ts';
import { refuse, type Refusal } from './api-error.ts';
import { parseForm } from './form-encoding.ts';
import type { HttpRequest } from './http-message.ts';

/** An RPC request, read but not yet trusted. */
export type RpcRequest = {
  readonly kind: 'request';
  /** Empty where the request names none. */
  readonly action: string;
  /** Empty where the request names none. */
  readonly version: string;
  /** What the signature covers. */
  readonly signed: SignedRequest;
  /** Query and form merged: the business parameters, and in the older scheme the common ones too. */
  readonly parameters: ReadonlyMap<string, string>;
};

/**
 * Reads method, path, parameters, action and version. The current SDKs send business parameters in the query even
 * with POST, older ones in a form body, one puts everything into the body: query and form are merged.
 */
export function readRequest(http: HttpRequest): RpcRequest | Refusal {
  const { method } = http;
  if (method !== 'GET' && method !== 'POST') {
    return refuse('UnsupportedHTTPMethod', `The HTTP method ${method} is not supported; use GET or POST.`);
  }
  const [path, queryText] = splitTarget(http.target);
  if (path !== '/') {
    return refuse('InvalidApi.NotFound', `There is nothing at '${path.slice(0, 64)}'. RPC calls go to '/'.`);
  }
  const query = parseForm(queryText);
  if (query.kind === 'malformed') return refuse('InvalidParameter', `In the query, ${query.message}`);
  const form = parseForm(isForm(http.headers['content-type']) ? http.body.toString('utf8') : '');
  if (form.kind === 'malformed') return refuse('InvalidParameter', `In the body, ${form.message}`);
  const parameters = merge(query.parameters, form.parameters);
  if (typeof parameters === 'string') {
    return refuse(
      'InvalidParameter',
      `'${parameters}' stands in query and body with different values; send it once.`,
    );
  }
  const { headers, body } = http;
  const signed: SignedRequest = { method, path, headers, query: query.parameters, form: form.parameters, body };
  // The newer scheme names action and version in headers, the older one in parameters. Clients of the older one
  // send the headers too, so the headers alone say nothing of the scheme.
  const inHeaders = headers.authorization?.startsWith('ACS3-') === true;
  return {
    kind: 'request',
    action: pick(inHeaders, headers['x-acs-action'], parameters.get('Action')),
    version: pick(inHeaders, headers['x-acs-version'], parameters.get('Version')),
    signed,
    parameters,
  };
}

function pick(headerFirst: boolean, header: string | undefined, parameter: string | undefined): string {
  return (headerFirst ? header || parameter : parameter || header) ?? '';
}

function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
}

/** The union of both, or the name that stands in both with different values. */
function merge(query: Map<string, string>, form: Map<string, string>): ReadonlyMap<string, string> | string {
  if (form.size === 0) return query;
  const merged = new Map(query);
  for (const [name, value] of form) {
    const earlier = merged.get(name);
    if (earlier !== undefined && earlier !== value) return name;
    merged.set(name, value);
  }
  return merged;
}
