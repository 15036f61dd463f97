import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { keyCommandWords } from '../auth/master-key-command.ts';
import type { MasterKeySource } from '../auth/master-key.ts';
import { RELEASES } from '../engines/models/catalog.ts';
import { parseThrottleRules, type ThrottleRule } from '../gateway/throttle-rules.ts';
import { parseAllowEntry, type AllowEntry } from '../objects/fetch-allow-list.ts';
import { SETTINGS, splitList, type SettingName } from './settings-table.ts';
import type { TlsFiles } from './tls-files.ts';
import { parseProxyNetwork, type ProxyNetwork } from './trusted-proxies.ts';

export { SETTINGS } from './settings-table.ts';

/** What `serve` runs with, checked. */
export type Settings = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly objectsPort: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Under which clients reach the objects where it is not the address of the ready line; no trailing slash. */
  readonly objectsPublicUrl: string | undefined;
  /** Absent: plain HTTP. */
  readonly tls: TlsFiles | undefined;
  /** Whose word on a client's address and scheme counts. */
  readonly trustedProxies: readonly ProxyNetwork[];
  readonly region: string;
  readonly accountId: string | undefined;
  readonly rootAccessKey: { readonly id: string; readonly secret: string } | undefined;
  /** Jobs that run at a time; 0 serves the API alone. */
  readonly workers: number;
  readonly masterKey: MasterKeySource;
  /** Empty: no limits. */
  readonly throttle: readonly ThrottleRule[];
  /** Of an account; undefined: as many as come. */
  readonly maxWaitingJobs: number | undefined;
  /** Of all objects of an account together; undefined: as many as the disk takes. */
  readonly maxObjectBytes: number | undefined;
  readonly audit: { readonly reads: boolean; readonly keepDays: number };
  /** Private networks that inputs may be fetched from. */
  readonly fetchAllow: readonly AllowEntry[];
  readonly asr:
    | {
        readonly url: string;
        readonly apiKey: string;
        readonly model: string;
        readonly maxUploadBytes: number;
      }
    | undefined;
  /** The engine or model to prefer where several take a job. */
  readonly asrEngine: string | undefined;
  /** The server that speaks POST /v1/audio/speech. */
  readonly tts:
    | {
        readonly url: string;
        readonly apiKey: string;
        readonly model: string;
        readonly voices: readonly string[];
      }
    | undefined;
  /** The server that speaks POST /v1/chat/completions. */
  readonly translation: { readonly url: string; readonly apiKey: string; readonly model: string } | undefined;
  /** The translator to prefer where several know a pair. */
  readonly translationEngine: string | undefined;
  readonly models: {
    /** Absolute. */
    readonly dir: string;
    /** Where the releases lie, without a slash at its end; may carry a user and a password. */
    readonly base: string;
  };
  readonly ffmpegPath: string | undefined;
  readonly logLevel: string;
};

export type SettingsOutcome =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

type Sources = {
  /** By flag name, as `--port`. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
};

/** Reads all settings, a flag before the environment before the config file, and reports every problem at once. */
export function readSettings(sources: Sources): SettingsOutcome {
  const problems: string[] = [];
  const file = readConfigFile(sources, problems);
  const raw = new Map<SettingName, string>();
  for (const { name, flag, default: fallback } of SETTINGS) {
    const value = (flag && sources.flags[flag]) || sources.env[name] || file.get(name) || fallback || '';
    raw.set(name, value);
  }
  for (const { name, check } of SETTINGS) {
    const value = raw.get(name) ?? '';
    const problem = value === '' ? undefined : check?.(value);
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
  }
  const text = (name: SettingName): string => raw.get(name) ?? '';
  if ((text('SMARTJOBS_ROOT_ACCESS_KEY_ID') === '') !== (text('SMARTJOBS_ROOT_ACCESS_KEY_SECRET') === '')) {
    problems.push('SMARTJOBS_ROOT_ACCESS_KEY_ID and SMARTJOBS_ROOT_ACCESS_KEY_SECRET: set both or neither.');
  }
  if ((text('SMARTJOBS_TLS_CERT') === '') !== (text('SMARTJOBS_TLS_KEY') === '')) {
    problems.push('SMARTJOBS_TLS_CERT and SMARTJOBS_TLS_KEY: set both or neither.');
  }
  const keyPlaces = MASTER_KEY_NAMES.filter((name) => text(name) !== '');
  if (keyPlaces.length > 1)
    problems.push(`${keyPlaces.join(' and ')}: the master key has one place, set one of them.`);
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'settings', settings: assemble(text, sources.cwd), warnings: unknownNames(sources.env) };
}

const MASTER_KEY_NAMES = [
  'SMARTJOBS_MASTER_KEY',
  'SMARTJOBS_MASTER_KEY_FILE',
  'SMARTJOBS_MASTER_KEY_COMMAND',
] as const satisfies readonly SettingName[];

function assemble(text: (name: SettingName) => string, cwd: string): Settings {
  const optional = (name: SettingName): string | undefined => text(name) || undefined;
  const url = (name: SettingName): string | undefined => optional(name)?.replace(/\/+$/, '');
  const asrUrl = url('SMARTJOBS_ASR_URL');
  const rootId = optional('SMARTJOBS_ROOT_ACCESS_KEY_ID');
  const dataDir = resolve(cwd, text('SMARTJOBS_DATA_DIR'));
  return {
    host: text('SMARTJOBS_HOST'),
    port: Number(text('SMARTJOBS_PORT')),
    objectsPort: Number(text('SMARTJOBS_OBJECTS_PORT')),
    dataDir,
    objectsPublicUrl: url('SMARTJOBS_OBJECTS_PUBLIC_URL'),
    tls:
      text('SMARTJOBS_TLS_CERT') === ''
        ? undefined
        : { cert: resolve(cwd, text('SMARTJOBS_TLS_CERT')), key: resolve(cwd, text('SMARTJOBS_TLS_KEY')) },
    trustedProxies: proxyNetworks(text('SMARTJOBS_TRUSTED_PROXIES')),
    region: text('SMARTJOBS_REGION'),
    accountId: optional('SMARTJOBS_ACCOUNT_ID'),
    rootAccessKey:
      rootId === undefined ? undefined : { id: rootId, secret: text('SMARTJOBS_ROOT_ACCESS_KEY_SECRET') },
    workers: text('SMARTJOBS_WORKERS') === '' ? availableParallelism() : Number(text('SMARTJOBS_WORKERS')),
    masterKey: masterKeySource(text, cwd),
    throttle: throttleRules(text('SMARTJOBS_THROTTLE')),
    maxWaitingJobs: optionalNumber(text('SMARTJOBS_MAX_WAITING_JOBS')),
    maxObjectBytes: optionalNumber(text('SMARTJOBS_MAX_OBJECT_BYTES')),
    audit: { reads: text('SMARTJOBS_AUDIT') === 'all', keepDays: Number(text('SMARTJOBS_AUDIT_DAYS')) },
    fetchAllow: allowEntries(text('SMARTJOBS_FETCH_ALLOW')),
    asr:
      asrUrl === undefined
        ? undefined
        : {
            url: asrUrl,
            apiKey: text('SMARTJOBS_ASR_API_KEY'),
            model: text('SMARTJOBS_ASR_MODEL'),
            maxUploadBytes: Number(text('SMARTJOBS_ASR_MAX_UPLOAD_BYTES')),
          },
    asrEngine: optional('SMARTJOBS_ASR_ENGINE'),
    tts: ttsServer(text),
    translation: translationServer(text),
    translationEngine: optional('SMARTJOBS_TRANSLATION_ENGINE'),
    models: {
      dir: resolve(cwd, text('SMARTJOBS_MODELS_DIR') || join(dataDir, 'models')),
      base: url('SMARTJOBS_MODELS_MIRROR') ?? RELEASES,
    },
    ffmpegPath: optional('FFMPEG_PATH'),
    logLevel: text('SMARTJOBS_LOG_LEVEL'),
  };
}

function ttsServer(text: (name: SettingName) => string): Settings['tts'] {
  const url = text('SMARTJOBS_TTS_URL').replace(/\/+$/, '');
  if (url === '') return undefined;
  const voices = text('SMARTJOBS_TTS_VOICES')
    .split(',')
    .map((voice) => voice.trim())
    .filter((voice) => voice !== '');
  return { url, apiKey: text('SMARTJOBS_TTS_API_KEY'), model: text('SMARTJOBS_TTS_MODEL'), voices };
}

function translationServer(text: (name: SettingName) => string): Settings['translation'] {
  const url = text('SMARTJOBS_TRANSLATION_URL').replace(/\/+$/, '');
  if (url === '') return undefined;
  return { url, apiKey: text('SMARTJOBS_TRANSLATION_API_KEY'), model: text('SMARTJOBS_TRANSLATION_MODEL') };
}

function masterKeySource(text: (name: SettingName) => string, cwd: string): MasterKeySource {
  const [key, file] = [text('SMARTJOBS_MASTER_KEY'), text('SMARTJOBS_MASTER_KEY_FILE')];
  const words = keyCommandWords(text('SMARTJOBS_MASTER_KEY_COMMAND'));
  if (key !== '') return { kind: 'text', text: key };
  if (file !== '') return { kind: 'file', path: resolve(cwd, file) };
  return words === undefined ? { kind: 'data-folder' } : { kind: 'command', words };
}

function optionalNumber(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}

/** The rules were checked before. */
function throttleRules(text: string): readonly ThrottleRule[] {
  const parsed = parseThrottleRules(text);
  return parsed.kind === 'rules' ? parsed.rules : [];
}

/** The networks were checked before. */
function proxyNetworks(text: string): ProxyNetwork[] {
  return splitList(text)
    .map(parseProxyNetwork)
    .flatMap((outcome) => (outcome.kind === 'network' ? [outcome.network] : []));
}

/** The entries were checked before. */
function allowEntries(text: string): AllowEntry[] {
  return splitList(text)
    .map(parseAllowEntry)
    .flatMap((outcome) => (outcome.kind === 'entry' ? [outcome.entry] : []));
}

/** The config file is a JSON object whose keys are the settings' own names. */
function readConfigFile({ flags, env, cwd }: Sources, problems: string[]): ReadonlyMap<string, string> {
  const path = flags['--config'] || env.SMARTJOBS_CONFIG;
  const values = new Map<string, string>();
  if (path === undefined || path === '') return values;
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(resolve(cwd, path), 'utf8'));
  } catch (error) {
    problems.push(
      `SMARTJOBS_CONFIG: ${path} cannot be read as JSON: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    return values;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    problems.push(`SMARTJOBS_CONFIG: ${path} must hold a JSON object, as {"SMARTJOBS_PORT": 7788}`);
    return values;
  }
  const known = new Set<string>(SETTINGS.map(({ name }) => name));
  for (const [key, value] of Object.entries(document)) {
    if (!known.has(key)) problems.push(`${key}: in ${path}, is not a setting of this version`);
    else if (typeof value !== 'string' && typeof value !== 'number')
      problems.push(`${key}: in ${path}, must be text or a number`);
    else values.set(key, String(value));
  }
  return values;
}

/** Settings that only client commands read. */
const CLIENT_NAMES = [
  'SMARTJOBS_ENDPOINT',
  'SMARTJOBS_OBJECTS_ENDPOINT',
  'SMARTJOBS_ACCESS_KEY_ID',
  'SMARTJOBS_ACCESS_KEY_SECRET',
  'SMARTJOBS_CONFIG',
];

/** A warning, not a problem: orchestrators inject variables that begin with the name of a service. */
function unknownNames(env: Sources['env']): string[] {
  const known = new Set<string>([...SETTINGS.map(({ name }) => name), ...CLIENT_NAMES]);
  return Object.keys(env)
    .filter((name) => name.startsWith('SMARTJOBS_') && !known.has(name))
    .map((name) => `${name}: is not a setting of this version and has no effect`);
}
