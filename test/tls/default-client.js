// An official client as its users write it: no protocol setting, so HTTPS. Prints the body of one listing.
import { createRequire } from 'node:module';

const { $OpenApiUtil, default: Client } = createRequire(import.meta.url)('@alicloud/openapi-core');

const config = new $OpenApiUtil.Config({
  accessKeyId: process.env.KEY_ID,
  accessKeySecret: process.env.KEY_SECRET,
  endpoint: process.argv[2],
});
const call = {
  ...{ action: 'ListSmartJobs', version: '2020-11-09', protocol: 'HTTPS', pathname: '/', method: 'POST' },
  ...{ authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' },
};
const request = new $OpenApiUtil.OpenApiRequest({});
const answer = await new Client(config).callApi(new $OpenApiUtil.Params(call), request, { toMap: () => ({}) });
process.stdout.write(JSON.stringify(answer.body));
