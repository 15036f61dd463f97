import { createHmac, randomUUID } from 'node:crypto';
import type { Credentials } from './official-clients.ts';

export type RawAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

type RawOptions = {
  readonly method?: string;
  /** Where the parameters travel. */
  readonly placement?: 'query' | 'form';
  readonly headers?: Record<string, string>;
  /** Milliseconds added to the timestamp. */
  readonly skew?: number;
  readonly nonce?: string;
  readonly path?: string;
  /** Changes the parameters after they were signed. */
  readonly tamper?: (parameters: URLSearchParams) => void;
};

/**
 * A request made by hand in the older scheme, for what the official clients hide. Signs on its own, so that a fault
 * in the server's signing code cannot hide itself.
 */
export async function rawCall(
  to: Credentials,
  action: string,
  parameters: Record<string, string> = {},
  options: RawOptions = {},
): Promise<RawAnswer> {
  const { method = 'GET', placement = 'query', headers = {}, path = '/' } = options;
  const form = signedForm(to, action, parameters, options);
  options.tamper?.(form);
  const inQuery = placement === 'query';
  const response = await fetch(`http://${to.host}${path}${inQuery ? `?${form.toString()}` : ''}`, {
    method,
    headers,
    body: inQuery ? undefined : form,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The parameters of a call, the common ones and the signature among them. */
export function signedForm(
  to: Pick<Credentials, 'accessKeyId' | 'accessKeySecret'>,
  action: string,
  parameters: Record<string, string>,
  { method = 'GET', skew = 0, nonce = randomUUID() }: Pick<RawOptions, 'method' | 'skew' | 'nonce'> = {},
): URLSearchParams {
  const signed = new Map<string, string>(
    Object.entries({
      Action: action,
      Version: '2020-11-09',
      AccessKeyId: to.accessKeyId,
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: nonce,
      Timestamp: new Date(Date.now() + skew).toISOString().replace(/\.\d+Z$/, 'Z'),
      ...parameters,
    }),
  );
  signed.set('Signature', sign(method, signed, to.accessKeySecret));
  return new URLSearchParams([...signed]);
}

/** The body of an answer that must be JSON. */
export function json(answer: RawAnswer): Record<string, unknown> {
  return JSON.parse(answer.text) as Record<string, unknown>;
}

function sign(method: string, parameters: ReadonlyMap<string, string>, secret: string): string {
  const names = [...parameters.keys()].toSorted();
  const canonical = names.map((name) => `${encode(name)}=${encode(parameters.get(name) ?? '')}`).join('&');
  const text = `${method}&${encode('/')}&${encode(canonical)}`;
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
