import { withLinkKeys } from '../auth/link-key.ts';
import { StoredPolicies } from '../auth/policy-source.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Service } from '../base/service.ts';
import type { TlsCredentials } from '../base/tls-credentials.ts';
import { Gateway } from '../gateway/gateway.ts';
import { JobHints } from '../jobs/job-hints.ts';
import { startObjectFront } from '../object-front/object-front.ts';
import { openFolderStore } from '../objects/folder-store.ts';
import { limitStorage } from '../objects/limited-store.ts';
import { parseObjectAddress, type ObjectAddress } from '../objects/object-address.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { storedBytes } from '../objects/stored-bytes.ts';
import { ALL_OPERATIONS } from '../operations/all-operations.ts';
import { hideFromPrograms } from '../engines/sandbox.ts';
import { SherpaPool } from '../engines/sherpa/sherpa-pool.ts';
import type { SqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { emptyScratch, openDataFolder, type DataFolder } from './data-folder.ts';
import { openKept } from './open-kept.ts';
import { ensureRootKey } from './root-key.ts';
import { startRpcServer } from './rpc-server.ts';
import { ensureSamples } from './samples.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';
import { describeRecognition } from './describe-recognition.ts';
import type { Settings } from './settings.ts';
import { speechEngines, type SpeechEngines } from './speech-engines.ts';
import { asStartUpProblem } from './start-up-problem.ts';
import { startWorker } from './start-worker.ts';
import { StopList } from './stop-list.ts';
import type { TranslationEngine } from '../engines/translation/translation-engine.ts';
import { describeSynthesis } from './describe-synthesis.ts';
import { translationEngines } from './translation-engines.ts';
import { operationServices, type ServiceParts } from './operation-services.ts';
import { describeTranslation } from './describe-translation.ts';
import { synthesisEngines } from './synthesis-engines.ts';
import { throttling } from './throttling.ts';
import { originOf } from './trusted-proxies.ts';
import { renewServers, startingCredentials } from './tls-renewal.ts';
import { welcome } from './welcome.ts';

export type RunningServer = Service & {
  /** The one line on standard output. */
  readonly ready: { readonly event: 'ready'; readonly endpoint: string; readonly objects: string };
  /** The text for the person who started it. Looks which engines there are, so it may take a moment. */
  welcome(): Promise<string>;
  /** Takes over new certificate files; does nothing on plain HTTP. Faults are logged, and change nothing. */
  renewTls(): Promise<void>;
};

/**
 * Opens everything, listens, and begins to run jobs. This is the only place that names concrete adapters.
 * @throws StartUpProblem where the cause is not the program: a port in use, a data folder that another server has
 */
export async function startServer(settings: Settings, log: Logger): Promise<RunningServer> {
  const stops = new StopList();
  try {
    return await start(settings, log, stops);
  } catch (error) {
    await stops.stop();
    throw asStartUpProblem(error);
  }
}

async function start(settings: Settings, log: Logger, stops: StopList): Promise<RunningServer> {
  const folder = await openDataFolder(settings.dataDir);
  const kept = openKept(folder, settings, log, stops);
  await emptyScratch(folder);
  hideFromPrograms(folder.root);
  const objects = await openObjects(folder, settings);
  const rootKey = await ensureRootKey(settings, kept.account, kept.store.accessKeys);
  const sample = await ensureSamples(objects, kept.account, kept.store.facts);

  const hints = new JobHints();
  const pool = new SherpaPool({ processes: settings.workers + 1 });
  stops.add(pool);
  const speech = (): Promise<SpeechEngines> => speechEngines(settings, pool);
  const synthesis = synthesisEngines(settings, pool);
  const translators = (): Promise<readonly TranslationEngine[]> => translationEngines(settings);
  const addresses = await listen({ settings, log, kept, objects, hints, synthesis, translators, folder }, stops);
  if (settings.workers > 0) {
    const { ownUrls } = addresses;
    stops.add(
      startWorker({ settings, log, kept, objects, hints, speech, synthesis, translators, folder, ownUrls }),
    );
  }
  const { endpoint, objects: objectsUrl } = addresses;
  const facts = { endpoint, objects: objectsUrl, region: settings.region, pid: process.pid };
  await writeServerFile(folder.root, facts);
  stops.add({ stop: () => removeServerFile(folder.root) });
  return {
    ready: { event: 'ready', endpoint, objects: objectsUrl },
    welcome: async () =>
      welcome({
        endpoint,
        objects: objectsUrl,
        dataDir: folder.root,
        account: kept.account,
        rootKey,
        workers: settings.workers,
        recognition: await describeRecognition(await speech(), folder.scratch),
        synthesis: describeSynthesis(await synthesis()),
        translation: await describeTranslation(await translators(), folder.scratch),
        sample,
      }),
    renewTls: async () => {
      if (settings.tls !== undefined) await renewServers(settings.tls, addresses.servers, log);
    },
    stop: () => stops.stop(),
  };
}

async function openObjects({ objects: root }: DataFolder, { maxObjectBytes }: Settings): Promise<ObjectStore> {
  const store = await openFolderStore(root);
  if (maxObjectBytes === undefined) return store;
  return limitStorage(store, {
    maxBytes: maxObjectBytes,
    storedBytes: (account, bucket) => storedBytes(root, account, bucket),
  });
}

type Addresses = {
  readonly endpoint: string;
  readonly objects: string;
  /** The base URLs under which this server's own objects are known. */
  readonly ownUrls: readonly string[];
  readonly servers: readonly { renewTls(credentials: TlsCredentials): void }[];
};

async function listen(parts: ServiceParts, stops: StopList): Promise<Addresses> {
  const { settings, log, kept, objects } = parts;
  const { store, audit, nonces, tokenKey, diagnosticKey } = kept;
  const told = { trail: audit, reads: settings.audit.reads };
  const { host, port, objectsPort, objectsPublicUrl, trustedProxies } = settings;
  const tls = await startingCredentials(settings.tls, log);
  const policies = new StoredPolicies(store.identities);
  const front = stops.add(
    await startObjectFront(
      {
        ...{
          objects,
          keys: withLinkKeys(store.accessKeys, kept.linkKey),
          policies,
          clock: systemClock,
          log,
          audit: told,
        },
        originOf: (peer, headers) => originOf(peer, headers, trustedProxies),
      },
      { host, port: objectsPort, tls },
    ),
  );
  const objectsUrl = httpUrl(host, front.port, tls);
  const ownUrls = [objectsUrl, objectsUrl.replace('127.0.0.1', 'localhost')];
  if (objectsPublicUrl !== undefined) ownUrls.push(objectsPublicUrl);
  const addressOf = (input: string): ObjectAddress => parseObjectAddress(input, ownUrls);
  const shared = { policies, tokenKey, diagnosticKey, clock: systemClock };
  const base = objectsPublicUrl ?? objectsUrl;
  const gateway = new Gateway({
    ...shared,
    operations: ALL_OPERATIONS,
    services: { ...shared, ...operationServices({ ...parts, base, addressOf }, stops) },
    keys: store.accessKeys,
    nonces,
    log,
    throttle: throttling(settings.throttle, ALL_OPERATIONS, systemClock),
    audit: told,
  });
  const rpc = stops.add(
    await startRpcServer({ gateway, isReady: () => canRead(store) }, { host, port, tls, trustedProxies }),
  );
  return { endpoint: httpUrl(host, rpc.port, tls), objects: objectsUrl, ownUrls, servers: [front, rpc] };
}

/** The store was opened and migrated before anything listens; what can still fail is the disk under it. */
function canRead(store: SqliteStore): boolean {
  try {
    store.facts.get('account-id');
    return true;
  } catch {
    return false;
  }
}

/** Wildcard addresses are for listening; a client calls this machine's own. */
function httpUrl(host: string, port: number, tls: TlsCredentials | undefined): string {
  const called = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http${tls === undefined ? '' : 's'}://${called.includes(':') ? `[${called}]` : called}:${port}`;
}
