import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { Tenant, withoutId, type Seen } from './tenant.ts';
import { translation } from './translation-call.ts';

/** A number from 0 to `below` - 1; from a seed, so that a run can be had again. */
export type Random = (below: number) => number;

export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    // mulberry32
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Step = (own: Tenant, other: Tenant, random: Random) => Promise<void>;

function pick<T>(from: Iterable<T>, random: Random): T | undefined {
  const all = [...from];
  return all[random(all.length || 1)];
}

/** What an account lists is its own, whatever it filters by and wherever it goes on. */
const list: Step = async (own, _other, random) => {
  const JobState = pick(['', 'Created', 'Failed'], random) ?? '';
  const SortBy = pick(['CreationTime:Desc', 'CreationTime:Asc'], random) ?? '';
  const MaxResults = String(1 + random(100));
  let NextToken = '';
  for (let page = 0; page < 2; page += 1) {
    const { status, body } = await own.call('ice', 'ListSmartJobs', { JobState, SortBy, MaxResults, NextToken });
    expect(status).toBe(200);
    const jobs = body['SmartJobList'] as { Title: string; UserData: string }[];
    expect(jobs.filter(({ Title, UserData }) => !Title.startsWith(own.mark) || UserData !== own.mark)).toEqual([]);
    NextToken = String(body['NextToken']);
    if (NextToken === '') return;
    own.tokens.push(NextToken);
    if (own.tokens.length > 20) own.tokens.shift();
  }
};

const submit: Step = async (own, _other, random) => {
  const Title = `${own.mark}-${random(1_000_000)}`;
  const { body } = await own.call('ice', 'SubmitASRJob', {
    InputFile: 'oss://media/a.wav',
    Title,
    UserData: own.mark,
  });
  own.jobs.add(String(body['JobId']));
};

const speak: Step = async (own, other, random) => {
  const object = `${own.mark}-${random(1000)}`;
  const { status, body } = await own.call('ice', 'SubmitAudioProduceJob', {
    ...{ InputConfig: 'Hello.', EditingConfig: '{"voice":"flite:slt"}', Title: object, UserData: own.mark },
    OutputConfig: JSON.stringify({ bucket: own.mark.toLowerCase(), object }),
  });
  expect(status, JSON.stringify(body)).toBe(200);
  own.jobs.add(String(body['JobId']));
  const media = await other.call('ice', 'GetMediaInfo', { MediaId: String(body['MediaId']) });
  expect(media.status).toBe(404);
};

const draw: Step = async (own, other, random) => {
  const object = `${own.mark}-${random(1000)}`;
  const { status, body } = await own.call('ice', 'SubmitDynamicChartJob', {
    ...{ ChartType: 'Line', Input: '{"XlsFile":"oss://media/a.csv"}', Title: object, UserData: own.mark },
    OutputConfig: JSON.stringify({ MediaURL: `oss://${own.mark.toLowerCase()}/${object}.mp4` }),
  });
  expect(status, JSON.stringify(body)).toBe(200);
  const JobId = String(body['JobId']);
  own.jobs.add(JobId);
  expect((await other.call('ice', 'GetSmartHandleJob', { JobId })).body['Code']).toBe(
    'InvalidParameter.JobNotFound',
  );
};

/** Jobs whose delete was asked for: a submit that is repeated at the same time may still be answered with one. */
const doomed = new Set<string>();

/** Both accounts use the same tokens: each is answered with jobs of its own. */
const translate: Step = async (own, other, random) => {
  const call = translation(own, { ClientToken: `film ${random(20)}` });
  const { status, body } = await own.call('ice', 'SubmitVideoTranslationJob', call);
  expect(status, JSON.stringify(body)).toBe(200);
  const { JobId } = body['Data'] as { JobId: string };
  if (!doomed.has(JobId)) own.jobs.add(JobId);
  expect((await other.call('ice', 'GetSmartHandleJob', { JobId })).body['Code']).toBe(
    'InvalidParameter.JobNotFound',
  );
};

const change: Step = async (own, _other, random) => {
  const JobId = pick(own.jobs, random);
  if (JobId === undefined) return;
  const action = pick(['GetSmartHandleJob', 'CancelSmartJob', 'RetrySmartJob', 'DeleteSmartJob'], random) ?? '';
  if (action === 'DeleteSmartJob') {
    own.jobs.delete(JobId);
    doomed.add(JobId);
  }
  const { status, body } = await own.call('ice', action, { JobId });
  // Another call may have canceled or deleted it meanwhile; it never answers with what is another account's.
  const ended = ['InvalidParameter.JobState', 'InvalidParameter.JobNotFound'];
  expect(status === 200 || ended.includes(String(body['Code']))).toBe(true);
  if (action === 'GetSmartHandleJob' && status === 200) expect(body['UserData']).toBe(own.mark);
};

const identities: Step = async (own, _other, random) => {
  const name = `${own.mark}-${random(40)}`;
  const made = await own.call('ram', 'CreateUser', { UserName: name });
  if (made.status === 200) own.users.push(name);
  const key = await own.call('ram', 'CreateAccessKey', { UserName: name });
  if (key.status === 200) own.keys.push((key.body['AccessKey'] as { AccessKeyId: string }).AccessKeyId);
  const trust = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${own.account}:root`] } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '1', Statement: [trust] });
  const role = await own.call('ram', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument });
  if (role.status === 200) own.roles.push(name);
  const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ice:*","Resource":"*"}]}';
  const policy = await own.call('ram', 'CreatePolicy', { PolicyName: name, PolicyDocument });
  if (policy.status === 200) own.policies.push(name);
};

const listIdentities: Step = async (own, other, random) => {
  const action = pick(['ListUsers', 'ListRoles', 'ListGroups'], random) ?? '';
  const { status, body } = await own.call('ram', action, { MaxItems: '100' });
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain(other.mark);
  const policies = await own.call('ram', 'ListPolicies', { PolicyType: 'Custom', MaxItems: '100' });
  expect(JSON.stringify(policies.body)).not.toContain(other.mark);
};

/** How often what was compared. */
export const comparisons = new Map<string, number>();

/** Asks for something of the other account, and for something that nobody has. */
async function compare(
  kind: string,
  foreign: string | undefined,
  unknown: string,
  ask: (id: string) => Promise<Seen>,
): Promise<void> {
  if (foreign === undefined) return;
  comparisons.set(kind, (comparisons.get(kind) ?? 0) + 1);
  const [seen, missing] = await Promise.all([ask(foreign), ask(unknown)]);
  expect(withoutId(seen, foreign)).toBe(withoutId(missing, unknown));
}

const foreignJob: Step = (own, other, random) => {
  const action = pick(['GetSmartHandleJob', 'CancelSmartJob', 'RetrySmartJob', 'DeleteSmartJob'], random) ?? '';
  const unknown = randomBytes(16).toString('hex');
  const asOriginal = random(4) === 0;
  return compare('job', pick(other.jobs, random), unknown, (JobId) =>
    asOriginal
      ? own.call('ice', 'SubmitVideoTranslationJob', translation(own, {}, JobId))
      : own.call('ice', action, { JobId }),
  );
};

const foreignToken: Step = (own, other, random) => {
  const unknown = randomBytes(36).toString('base64url');
  return compare('token', pick(other.tokens, random), unknown, (NextToken) =>
    own.call('ice', 'ListSmartJobs', { NextToken }),
  );
};

/** Libraries of hotwords: made, changed, listed and deleted. */
const libraries: Step = async (own, other, random) => {
  const Hotwords = JSON.stringify([{ Text: own.mark }]);
  const made = { Name: own.mark, UsageScenario: 'ASR', Hotwords };
  const { body } = await own.call('ice', 'CreateHotwordLibrary', made);
  const { HotwordLibraryId: id } = body;
  if (typeof id === 'string') own.libraries.add(id);
  const HotwordLibraryId = pick(own.libraries, random) ?? '';
  const seen = await own.call('ice', 'GetHotwordLibrary', { HotwordLibraryId });
  expect(seen.status === 200 || seen.body['Code'] === 'InvalidParameter.HotwordLibraryNotFound').toBe(true);
  const listed = await own.call('ice', 'ListHotwordLibraries', { MaxResults: '100' });
  expect(listed.status).toBe(200);
  expect(JSON.stringify([seen, listed])).not.toContain(other.mark);
  if (random(2) === 0) return;
  own.libraries.delete(HotwordLibraryId);
  await own.call('ice', 'DeleteHotwordLibrary', { HotwordLibraryId });
};

const foreignLibrary: Step = (own, other, random) => {
  const action = pick(['GetHotwordLibrary', 'UpdateHotwordLibrary', 'DeleteHotwordLibrary'], random) ?? '';
  const unknown = randomBytes(16).toString('hex');
  const asJob = random(2) === 0;
  return compare('library', pick(other.libraries, random), unknown, (HotwordLibraryId) =>
    asJob
      ? own.call('ice', 'SubmitASRJob', {
          InputFile: 'oss://media/a.wav',
          EditingConfig: JSON.stringify({ HotwordLibraryIdList: HotwordLibraryId }),
        })
      : own.call('ice', action, { HotwordLibraryId, Name: 'mine' }),
  );
};

/** By the kind of name, the actions that take one. */
const NAMED = [
  [
    'users',
    'UserName',
    [
      'GetUser',
      'UpdateUser',
      'DeleteUser',
      'ListAccessKeys',
      'CreateAccessKey',
      'ListGroupsForUser',
      'ListPoliciesForUser',
    ],
  ],
  ['roles', 'RoleName', ['GetRole', 'DeleteRole', 'ListPoliciesForRole']],
  ['policies', 'PolicyName', ['GetPolicy', 'DeletePolicy', 'ListPolicyVersions', 'ListEntitiesForPolicy']],
] as const;

const foreignName: Step = async (own, other, random) => {
  const [kind, parameter, actions] = NAMED[random(NAMED.length)] ?? NAMED[0];
  const action = pick(actions, random) ?? '';
  const more: Record<string, string> = kind === 'policies' ? { PolicyType: 'Custom' } : {};
  const unknown = `nobody-${random(1_000_000)}`;
  await compare(kind, pick(other[kind], random), unknown, (name) =>
    own.call('ram', action, { [parameter]: name, ...more }),
  );
};

const foreignKey: Step = async (own, other, random) => {
  const UserName = pick(own.users, random);
  const key = pick(other.keys, random);
  if (UserName === undefined || key === undefined) return;
  const action = pick(['UpdateAccessKey', 'DeleteAccessKey', 'GetAccessKeyLastUsed'], random) ?? '';
  const unknown = `LTAI${randomBytes(10).toString('hex')}`;
  const more: Record<string, string> = action === 'UpdateAccessKey' ? { Status: 'Inactive' } : {};
  await compare('key', key, unknown, (UserAccessKeyId) =>
    own.call('ram', action, { UserName, UserAccessKeyId, ...more }),
  );
};

const foreignRole: Step = async (own, other, random) => {
  const unknown = `nobody-${random(1_000_000)}`;
  await compare('session', pick(other.roles, random), unknown, (name) =>
    own.call('sts', 'AssumeRole', {
      RoleArn: `acs:ram::${other.account}:role/${name}`,
      RoleSessionName: 'session',
    }),
  );
};

/** Media ids: given, resolved, listed, used by a job and deleted. Both accounts register the same addresses. */
const media: Step = async (own, other, random) => {
  const InputURL = `oss://media/${random(5)}.mp4`;
  const made = { InputURL, Title: own.mark, Overwrite: String(random(2) === 0) };
  const { body } = await own.call('ice', 'RegisterMediaInfo', made);
  const { MediaId: newId } = body;
  if (typeof newId === 'string') own.media.add(newId);
  const MediaId = pick(own.media, random);
  if (MediaId === undefined) return;
  const byId = await own.call('ice', 'GetMediaInfo', { MediaId });
  // Another call may have overwritten or deleted it meanwhile.
  expect(byId.status === 200 || byId.body['Code'] === 'ResourceNotFound').toBe(true);
  const byUrl = await own.call('ice', 'GetMediaInfo', { InputURL });
  const listed = await own.call('ice', 'ListMediaBasicInfos', { MaxResults: '100' });
  expect(listed.status).toBe(200);
  expect(JSON.stringify([byId, byUrl, listed])).not.toContain(other.mark);
  if (random(3) > 0) return;
  own.media.delete(MediaId);
  await own.call('ice', 'DeleteMediaInfos', { MediaIds: MediaId });
};

const foreignMedia: Step = (own, other, random) => {
  const [action, parameter] =
    pick(
      [
        ['GetMediaInfo', 'MediaId'],
        ['DeleteMediaInfos', 'MediaIds'],
        ['ListMediaBasicInfos', 'MediaId'],
        ['SubmitASRJob', 'InputFile'],
      ] as const,
      random,
    ) ?? [];
  const unknown = randomBytes(16).toString('hex');
  return compare('media', pick(other.media, random), unknown, (id) =>
    own.call('ice', action ?? '', { [parameter ?? '']: id }),
  );
};

/** The more often a step stands here, the more often it is taken. */
const STEPS: readonly Step[] = [
  ...[submit, submit, submit, speak, draw, translate, list, list, change, change, change],
  ...[foreignJob, foreignJob, foreignJob, foreignToken, foreignName, foreignKey, foreignRole],
  ...[media, foreignMedia],
  ...[identities, listIdentities, libraries, foreignLibrary],
];

export function takeStep(own: Tenant, other: Tenant, random: Random): Promise<void> {
  return (STEPS[random(STEPS.length)] ?? list)(own, other, random);
}
