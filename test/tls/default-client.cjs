// An official client as its users write it: no protocol setting, so HTTPS. Prints the body of one listing.
const { $OpenApiUtil, default: Client } = require('@alicloud/openapi-core');

const config = new $OpenApiUtil.Config({
  accessKeyId: process.env.KEY_ID,
  accessKeySecret: process.env.KEY_SECRET,
  endpoint: process.argv[2],
});
const call = {
  ...{ action: 'ListSmartJobs', version: '2020-11-09', protocol: 'HTTPS', pathname: '/', method: 'POST' },
  ...{ authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' },
};
new Client(config)
  .callApi(new $OpenApiUtil.Params(call), new $OpenApiUtil.OpenApiRequest({}), { toMap: () => ({}) })
  .then((answer) => console.log(JSON.stringify(answer.body)))
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
