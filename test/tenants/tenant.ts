import { randomBytes } from 'node:crypto';
import { PRODUCT_VERSIONS, type Product } from '../../src/gateway/product.ts';
import type { HttpAnswer, HttpRequest } from '../../src/gateway/http-message.ts';
import type { AccountId } from '../../src/jobs/account.ts';
import { signedForm } from '../support/raw-call.ts';

type Answering = { answer(request: HttpRequest): Promise<HttpAnswer> };

/** Beside status and body, what an answer could tell by: its headers without the RequestId. */
export type Seen = { readonly status: number; readonly headers: object; readonly body: Record<string, unknown> };

/** An account that calls the gateway by its root key, without a socket, and knows what is its own. */
export class Tenant {
  readonly account: AccountId;
  readonly accessKeyId: string;
  readonly accessKeySecret = randomBytes(15).toString('hex');
  /** Leads all its names and titles; nothing of another tenant does. */
  readonly mark: string;
  readonly jobs = new Set<string>();
  readonly media = new Set<string>();
  readonly libraries = new Set<string>();
  readonly users: string[] = [];
  readonly roles: string[] = [];
  readonly policies: string[] = [];
  /** Keys of its users. */
  readonly keys: string[] = [];
  /** Page tokens that it was given. */
  readonly tokens: string[] = [];
  readonly #gateway: Answering;

  constructor(gateway: Answering, account: AccountId, mark: string) {
    this.#gateway = gateway;
    this.account = account;
    this.mark = mark;
    this.accessKeyId = `LTAI${mark}`;
  }

  async call(product: Product, action: string, parameters: Record<string, string> = {}): Promise<Seen> {
    const Version = PRODUCT_VERSIONS[product];
    const form = signedForm(this, action, { Version, Format: 'JSON', ...parameters });
    const answer = await this.#gateway.answer({
      method: 'GET',
      target: `/?${form.toString()}`,
      headers: { host: 'tenants.test' },
      body: Buffer.alloc(0),
      remoteAddress: '192.0.2.1',
      secure: true,
    });
    const { 'x-acs-request-id': _id, ...headers } = answer.headers;
    const { RequestId: _requestId, ...body } = JSON.parse(answer.body) as Record<string, unknown>;
    return { status: answer.status, headers, body };
  }
}

/** The answer with the id that was asked for taken out: the caller sent it, so its echo tells nothing. */
export function withoutId(seen: Seen, id: string): string {
  return JSON.stringify(seen).replaceAll(JSON.stringify(id).slice(1, -1), '<id>');
}
