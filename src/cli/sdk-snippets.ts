/** What the official clients have to be told to talk to this server. */
export type SdkFacts = {
  /** `host:port`, without a scheme: the clients put the protocol before it. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
  readonly region: string;
  /** The secret itself, only when it was asked for; else the snippets read the environment. */
  readonly key: { readonly id: string; readonly secret: string } | undefined;
};

export const SDKS = ['ts', 'python', 'java', 'go'] as const;
export type Sdk = (typeof SDKS)[number];

/** The names that the official credential chains read. */
export const KEY_VARIABLES = {
  id: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  secret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
} as const;

/** JSON quoting is valid in all four languages for the characters that hosts, regions and keys are made of. */
const quoted = (text: string): string => JSON.stringify(text);

/** A complete program for each SDK: builds the client and prints the first page of jobs. */
export const SDK_SNIPPETS: Readonly<Record<Sdk, (facts: SdkFacts) => string>> = {
  ts: typescript,
  python,
  java,
  go,
};

function typescript({ host, protocol, region, key }: SdkFacts): string {
  return `// npm install @alicloud/ice20201109 @alicloud/openapi-core
import ICE, { ListSmartJobsRequest } from '@alicloud/ice20201109';
import { $OpenApiUtil } from '@alicloud/openapi-core';

const Client = ICE.default ?? ICE; // the package is CommonJS
const client = new Client(
  new $OpenApiUtil.Config({
    accessKeyId: ${key ? quoted(key.id) : `process.env.${KEY_VARIABLES.id}`},
    accessKeySecret: ${key ? quoted(key.secret) : `process.env.${KEY_VARIABLES.secret}`},
    endpoint: ${quoted(host)},
    protocol: ${quoted(protocol)},
    regionId: ${quoted(region)},
  }),
);
const { body } = await client.listSmartJobs(new ListSmartJobsRequest({ maxResults: 10 }));
console.log(body);
`;
}

function python({ host, protocol, region, key }: SdkFacts): string {
  return `# pip install alibabacloud_ice20201109
import os

from alibabacloud_ice20201109 import models as ice_models
from alibabacloud_ice20201109.client import Client
from alibabacloud_tea_openapi import models as open_api_models

client = Client(
    open_api_models.Config(
        access_key_id=${key ? quoted(key.id) : `os.environ[${quoted(KEY_VARIABLES.id)}]`},
        access_key_secret=${key ? quoted(key.secret) : `os.environ[${quoted(KEY_VARIABLES.secret)}]`},
        endpoint=${quoted(host)},
        protocol=${quoted(protocol)},
        region_id=${quoted(region)},
    )
)
print(client.list_smart_jobs(ice_models.ListSmartJobsRequest(max_results=10)).body)
`;
}

function java({ host, protocol, region, key }: SdkFacts): string {
  return `// Maven: com.aliyun:ice20201109
import com.aliyun.ice20201109.Client;
import com.aliyun.ice20201109.models.ListSmartJobsRequest;
import com.aliyun.teaopenapi.models.Config;

public class Jobs {
  public static void main(String[] arguments) throws Exception {
    Config config = new Config()
        .setAccessKeyId(${key ? quoted(key.id) : `System.getenv(${quoted(KEY_VARIABLES.id)})`})
        .setAccessKeySecret(${key ? quoted(key.secret) : `System.getenv(${quoted(KEY_VARIABLES.secret)})`})
        .setEndpoint(${quoted(host)})
        .setProtocol(${quoted(protocol)})
        .setRegionId(${quoted(region)});
    Client client = new Client(config);
    ListSmartJobsRequest request = new ListSmartJobsRequest().setMaxResults(10L);
    client.listSmartJobs(request).getBody().getSmartJobList()
        .forEach(job -> System.out.println(job.getJobId() + " " + job.getJobState()));
  }
}
`;
}

function go({ host, protocol, region, key }: SdkFacts): string {
  const os = key === undefined ? '\t"os"\n' : '';
  return `// go get github.com/alibabacloud-go/ice-20201109/v4/client github.com/alibabacloud-go/darabonba-openapi/v2/client
package main

import (
\t"fmt"
${os}
\topenapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
\tice "github.com/alibabacloud-go/ice-20201109/v4/client"
\t"github.com/alibabacloud-go/tea/tea"
)

func main() {
\tclient, err := ice.NewClient(&openapi.Config{
\t\tAccessKeyId:     tea.String(${key ? quoted(key.id) : `os.Getenv(${quoted(KEY_VARIABLES.id)})`}),
\t\tAccessKeySecret: tea.String(${key ? quoted(key.secret) : `os.Getenv(${quoted(KEY_VARIABLES.secret)})`}),
\t\tEndpoint:        tea.String(${quoted(host)}),
\t\tProtocol:        tea.String(${quoted(protocol)}),
\t\tRegionId:        tea.String(${quoted(region)}),
\t})
\tif err != nil {
\t\tpanic(err)
\t}
\tjobs, err := client.ListSmartJobs(&ice.ListSmartJobsRequest{MaxResults: tea.Int64(10)})
\tif err != nil {
\t\tpanic(err)
\t}
\tfmt.Println(jobs.Body)
}
`;
}
