import { createRequire } from 'node:module';

// The official packages are CommonJS, made for require: so they are loaded as their users load them.
const require = createRequire(import.meta.url);
const openApiClient = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client');
const openApiCore = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core');
const RPCClient = require('@alicloud/pop-core') as typeof import('@alicloud/pop-core');
const teaUtil = require('@alicloud/tea-util') as typeof import('@alicloud/tea-util');

/** What a client has to know; a TestServer has it. */
export type Credentials = {
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a role session. */
  readonly securityToken?: string | undefined;
};

/** The values that the product SDKs pass on: what they call, with which method. */
type Method = 'GET' | 'POST';

/** An official client, reduced to what all of them can do. Rejects with the client's own error. */
export type OfficialClient = {
  readonly name: string;
  call(
    action: string,
    parameters?: Record<string, string | number>,
    method?: Method,
  ): Promise<Record<string, never>>;
};

const VERSION = '2020-11-09';

/** The SDKs of today send all business parameters in the query, whatever the method. */
export function openApiCoreClient(to: Credentials, scheme: 'V3' | 'V1'): OfficialClient {
  const { $OpenApiUtil, default: Client } = openApiCore;
  const config = new $OpenApiUtil.Config({
    accessKeyId: to.accessKeyId,
    accessKeySecret: to.accessKeySecret,
    securityToken: to.securityToken,
    endpoint: to.host,
    protocol: 'http',
    signatureAlgorithm: scheme === 'V1' ? 'v2' : undefined,
  });
  const client = new Client(config);
  return {
    name: `openapi-core ${scheme}`,
    async call(action, parameters = {}, method = 'POST') {
      const answer = await client.callApi(
        new $OpenApiUtil.Params({ ...rpc(action, method) }),
        new $OpenApiUtil.OpenApiRequest({ query: $OpenApiUtil.default.query(parameters) }),
        { toMap: () => ({}) },
      );
      return answer.body as Record<string, never>;
    },
  };
}

/** The generation before, whose SDKs of 2021 sent submits as a form. */
function openApiClientClient(to: Credentials, scheme: 'V3' | 'V1', body: 'query' | 'form'): OfficialClient {
  const { Config, OpenApiRequest, Params, default: Client } = openApiClient;
  const client = new Client(
    new Config({
      accessKeyId: to.accessKeyId,
      accessKeySecret: to.accessKeySecret,
      endpoint: to.host,
      protocol: 'http',
      signatureAlgorithm: scheme === 'V1' ? 'v2' : undefined,
    }),
  );
  return {
    name: `openapi-client ${scheme} ${body}`,
    async call(action, parameters = {}, method = 'POST') {
      const texts = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      const request = method === 'POST' && body === 'form' ? { body: texts } : { query: texts };
      const answer = await client.callApi(
        new Params(rpc(action, method)),
        new OpenApiRequest(request),
        new teaUtil.RuntimeOptions({}),
      );
      return answer.body as Record<string, never>;
    },
  };
}

/** The first generation: the older scheme only, POST puts everything into the body, the HTTP status is not looked at. */
function popCoreClient(to: Credentials, always?: Method): OfficialClient {
  const client = new RPCClient({
    accessKeyId: to.accessKeyId,
    accessKeySecret: to.accessKeySecret,
    endpoint: `http://${to.host}`,
    apiVersion: VERSION,
  });
  return {
    name: `pop-core ${always ?? 'as told'}`,
    call: (action, parameters = {}, method = 'POST') =>
      client.request(action, parameters, { method: always ?? method }),
  };
}

/** Every official client in every mode that reaches the wire in its own way. */
export function allOfficialClients(to: Credentials): OfficialClient[] {
  return [
    openApiCoreClient(to, 'V3'),
    openApiCoreClient(to, 'V1'),
    openApiClientClient(to, 'V3', 'query'),
    openApiClientClient(to, 'V3', 'form'),
    openApiClientClient(to, 'V1', 'query'),
    openApiClientClient(to, 'V1', 'form'),
    popCoreClient(to, 'GET'),
    popCoreClient(to, 'POST'),
  ];
}

/** The modes of allOfficialClients: tests are named before the server runs that they call. */
export const OFFICIAL_MODES: readonly string[] = allOfficialClients({
  ...{ host: '127.0.0.1:1', accessKeyId: 'id', accessKeySecret: 'secret' },
}).map(({ name }) => name);

/** @param mode one of OFFICIAL_MODES */
export function officialClient(to: Credentials, mode: string): OfficialClient {
  const client = allOfficialClients(to).find(({ name }) => name === mode);
  if (client === undefined) throw new Error(`there is no mode ${mode}`);
  return client;
}

function rpc(
  action: string,
  method: Method,
): Record<string, string> & {
  action: string;
  version: string;
  protocol: string;
  pathname: string;
  method: string;
  authType: string;
  bodyType: string;
  reqBodyType: string;
} {
  return {
    action,
    version: VERSION,
    protocol: 'HTTP',
    pathname: '/',
    method,
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  };
}
