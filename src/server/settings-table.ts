import { keyCommandWords } from '../auth/master-key-command.ts';
import { KEY_FORM, parseMasterKey } from '../auth/master-key.ts';
import { RELEASES } from '../engines/models/catalog.ts';
import { parseThrottleRules } from '../gateway/throttle-rules.ts';
import { parseAccountId } from '../jobs/account.ts';
import { parseAllowEntry } from '../objects/fetch-allow-list.ts';
import { parseProxyNetwork } from './trusted-proxies.ts';

type Setting = {
  readonly name: string;
  /** Absent for secrets: a command line is visible to every user of the machine. */
  readonly flag?: `--${string}`;
  readonly default?: string;
  readonly secret?: true;
  readonly description: string;
  /** What is wrong with a value that is not empty; undefined where nothing is. */
  readonly check?: (value: string) => string | undefined;
};

const table = [
  { name: 'SMARTJOBS_HOST', flag: '--host', default: '127.0.0.1', description: 'Address to listen on.' },
  {
    name: 'SMARTJOBS_PORT',
    flag: '--port',
    default: '7788',
    description: 'Port of the RPC endpoint; 0 takes any free one.',
    check: wholeNumber(0, 65_535),
  },
  {
    name: 'SMARTJOBS_OBJECTS_PORT',
    flag: '--objects-port',
    default: '7789',
    description: 'Port of the object store; 0 takes any free one.',
    check: wholeNumber(0, 65_535),
  },
  { name: 'SMARTJOBS_DATA_DIR', flag: '--data-dir', default: './data', description: 'Where everything is kept.' },
  {
    name: 'SMARTJOBS_OBJECTS_PUBLIC_URL',
    flag: '--objects-public-url',
    description: 'The URL under which clients reach the object store, if it is another.',
    check: httpUrl,
  },
  {
    name: 'SMARTJOBS_TLS_CERT',
    flag: '--tls-cert',
    description: 'PEM file of the certificate chain: both ports then speak HTTPS. Read again at a SIGHUP.',
  },
  { name: 'SMARTJOBS_TLS_KEY', flag: '--tls-key', description: 'PEM file of its private key.' },
  {
    name: 'SMARTJOBS_TRUSTED_PROXIES',
    flag: '--trusted-proxies',
    description:
      'Proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded count: addresses or CIDRs, separated by commas.',
    check: proxyNetworks,
  },
  {
    name: 'SMARTJOBS_REGION',
    flag: '--region',
    default: 'cn-shanghai',
    description: 'The region this server answers as.',
    check: (value) =>
      /^[a-z0-9-]{1,32}$/.test(value) ? undefined : `'${value}' is not a region id such as cn-shanghai`,
  },
  {
    name: 'SMARTJOBS_ACCOUNT_ID',
    flag: '--account-id',
    description: 'The account of the root key: 16 digits; made at the first start otherwise.',
    check: (value) =>
      parseAccountId(value) === undefined
        ? `'${value}' is not 16 digits (up to 9007199254740991, no leading 0)`
        : undefined,
  },
  {
    name: 'SMARTJOBS_ROOT_ACCESS_KEY_ID',
    description: 'The root access key; made at the first start otherwise.',
    check: (value) =>
      /^[A-Za-z0-9._-]{3,128}$/.test(value) ? undefined : 'must be 3-128 letters, digits, dots, dashes',
  },
  {
    name: 'SMARTJOBS_ROOT_ACCESS_KEY_SECRET',
    secret: true,
    description: 'Its secret.',
    check: (value) => (value.length >= 8 ? undefined : 'must have at least 8 characters'),
  },
  {
    name: 'SMARTJOBS_WORKERS',
    flag: '--workers',
    description: 'Jobs that run at a time; 0 serves the API alone. Default: the number of cores.',
    check: wholeNumber(0, 1024),
  },
  {
    name: 'SMARTJOBS_MASTER_KEY',
    secret: true,
    description: `The key that seals the secrets at rest: ${KEY_FORM}. Default: made in the data dir. Give one of these three at most.`,
    check: (value) => (parseMasterKey(value) === undefined ? `must be ${KEY_FORM}` : undefined),
  },
  {
    name: 'SMARTJOBS_MASTER_KEY_FILE',
    flag: '--master-key-file',
    description: 'The file that holds it.',
  },
  {
    name: 'SMARTJOBS_MASTER_KEY_COMMAND',
    flag: '--master-key-command',
    description:
      'The program that prints it, run without a shell: words cut at white space, or a JSON array of them.',
    check: (value) =>
      keyCommandWords(value) === undefined
        ? 'must be the words of a command, or a JSON array of strings such as ["vault", "read", "-field=key", "my secret"]'
        : undefined,
  },
  {
    name: 'SMARTJOBS_THROTTLE',
    flag: '--throttle',
    description:
      'Calls that each account may make of each action: ListSmartJobs=100/s,Submit*=30/m,*=500/s; the first that fits decides. Default: no limit.',
    check: (value) => {
      const parsed = parseThrottleRules(value);
      return parsed.kind === 'problem' ? parsed.problem : undefined;
    },
  },
  {
    name: 'SMARTJOBS_MAX_WAITING_JOBS',
    flag: '--max-waiting-jobs',
    description: 'The most jobs that an account may have Created and Executing. Default: no limit.',
    check: wholeNumber(1, 999_999_999),
  },
  {
    name: 'SMARTJOBS_MAX_OBJECT_BYTES',
    flag: '--max-object-bytes',
    description: 'The most bytes that the objects of an account may have together. Default: no limit.',
    check: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'SMARTJOBS_AUDIT',
    flag: '--audit',
    default: 'changes',
    description: 'What the audit log tells: changes and refused calls, or all calls.',
    check: (value) => (['changes', 'all'].includes(value) ? undefined : `'${value}' is not one of changes, all`),
  },
  {
    name: 'SMARTJOBS_AUDIT_DAYS',
    flag: '--audit-days',
    default: '90',
    description: 'Days that a file of the audit log is kept.',
    check: wholeNumber(1, 36_500),
  },
  {
    name: 'SMARTJOBS_FETCH_ALLOW',
    flag: '--fetch-allow',
    description: 'Private addresses that inputs may be fetched from: CIDR or CIDR:port, separated by commas.',
    check: allowEntries,
  },
  {
    name: 'SMARTJOBS_ASR_URL',
    flag: '--asr-url',
    description: 'Base URL of a speech server that speaks POST /v1/audio/transcriptions.',
    check: serverUrl,
  },
  { name: 'SMARTJOBS_ASR_API_KEY', secret: true, description: 'Its API key, if it wants one.' },
  {
    name: 'SMARTJOBS_ASR_MODEL',
    flag: '--asr-model',
    default: 'whisper-1',
    description: 'The model to ask it for.',
  },
  {
    name: 'SMARTJOBS_ASR_MAX_UPLOAD_BYTES',
    flag: '--asr-max-upload-bytes',
    default: '25000000',
    description: 'The most bytes that it takes in one request; longer recordings are sent in parts.',
    check: wholeNumber(250_000, 1_000_000_000),
  },
  {
    name: 'SMARTJOBS_ASR_ENGINE',
    flag: '--asr-engine',
    description:
      'The engine or model to prefer where several take a job: a name of smartjobs models list, or PocketSphinx.',
  },
  {
    name: 'SMARTJOBS_TTS_URL',
    flag: '--tts-url',
    description: 'Base URL of a speech server that speaks POST /v1/audio/speech.',
    check: serverUrl,
  },
  { name: 'SMARTJOBS_TTS_API_KEY', secret: true, description: 'Its API key, if it wants one.' },
  { name: 'SMARTJOBS_TTS_MODEL', flag: '--tts-model', default: 'tts-1', description: 'The model to ask it for.' },
  {
    name: 'SMARTJOBS_TTS_VOICES',
    flag: '--tts-voices',
    default: 'alloy, echo, fable, nova, onyx, shimmer',
    description: 'The names of its voices, separated by commas: such a server has no way to list them.',
  },
  {
    name: 'SMARTJOBS_TRANSLATION_URL',
    flag: '--translation-url',
    description: 'Base URL of a language model server that speaks POST /v1/chat/completions.',
    check: serverUrl,
  },
  { name: 'SMARTJOBS_TRANSLATION_API_KEY', secret: true, description: 'Its API key, if it wants one.' },
  {
    name: 'SMARTJOBS_TRANSLATION_MODEL',
    flag: '--translation-model',
    default: 'default',
    description: 'The model to ask it for; llama.cpp takes any name.',
  },
  {
    name: 'SMARTJOBS_TRANSLATION_ENGINE',
    flag: '--translation-engine',
    description: 'The translator to prefer where several know a pair: apertium, or http for that server.',
    check: (value) =>
      ['apertium', 'http'].includes(value) ? undefined : `'${value}' is not one of apertium, http`,
  },
  {
    name: 'SMARTJOBS_MODELS_DIR',
    flag: '--models-dir',
    description: 'The folder of the models that smartjobs models installs; default: models in the data dir.',
  },
  {
    name: 'SMARTJOBS_MODELS_MIRROR',
    secret: true,
    description: `Where models are downloaded from instead of ${RELEASES}; may carry a user and a password.`,
    // The value is not told: it may hold a password.
    check: (value) =>
      httpUrl(value) === undefined && !/[?#]/.test(value)
        ? undefined
        : 'must be an http or https URL without a query',
  },
  { name: 'FFMPEG_PATH', flag: '--ffmpeg-path', description: 'The ffmpeg to run; default: the one in PATH.' },
  {
    name: 'SMARTJOBS_LOG_LEVEL',
    flag: '--log-level',
    default: 'info',
    description: 'trace, debug, info, warn, error or silent.',
    check: (value) =>
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'].includes(value)
        ? undefined
        : `'${value}' is not one of trace, debug, info, warn, error, silent`,
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof table)[number]['name'];

/** Every setting of `serve`, once: the command's flags, the reader and the docs come from this table. */
export const SETTINGS: readonly (Setting & { readonly name: SettingName })[] = table;

function wholeNumber(min: number, max: number): (value: string) => string | undefined {
  return (value) =>
    /^\d{1,16}$/.test(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `'${value}' is not a whole number from ${min} to ${max}`;
}

function httpUrl(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:'
    ? undefined
    : `'${value}' is not an http or https URL`;
}

/** Of a server that is called with a key: what else an address can hold would be left out of its calls. */
function serverUrl(value: string): string | undefined {
  const problem = httpUrl(value);
  if (problem !== undefined) return problem;
  const { username, password, search, hash } = new URL(value);
  return [username, password, search, hash].every((part) => part === '')
    ? undefined
    : 'must be a URL without a user, a password or a query; the key has a setting of its own';
}

function proxyNetworks(value: string): string | undefined {
  for (const text of splitList(value)) {
    const parsed = parseProxyNetwork(text);
    if (parsed.kind === 'problem') return parsed.problem;
  }
  return undefined;
}

function allowEntries(value: string): string | undefined {
  for (const entry of splitList(value)) {
    const parsed = parseAllowEntry(entry);
    if (parsed.kind === 'problem') return parsed.problem;
  }
  return undefined;
}

/** The entries of a setting that holds several. */
export function splitList(value: string): string[] {
  return value.split(/[\s,]+/).filter((entry) => entry !== '');
}
