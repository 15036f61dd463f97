import type { AccountId } from '../jobs/account.ts';
import { jobFailure } from '../jobs/job-failure.ts';
import type { Wanted } from '../engines/hls/choose-variant.ts';
import type { StepFailure } from './steps.ts';

/** Messages are for the caller: they name the input as it was given and what to do, no local path. */
export type FetchInputOutcome =
  | { readonly kind: 'fetched'; readonly bytes: number }
  | { readonly kind: 'not-found'; readonly message: string }
  /** The URL leads where this server must not go. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'too-large'; readonly message: string }
  /** Not an address of any known form. */
  | { readonly kind: 'invalid'; readonly message: string }
  | PlaylistFailure;

/** Only of inputs that may be playlists. */
export type PlaylistFailure = {
  readonly kind: 'playlist-invalid' | 'playlist-unsupported' | 'unreadable' | 'unavailable';
  readonly message: string;
};

export type FetchWishes = {
  /** What a recording is fetched for; of a playlist nothing else is. */
  readonly wanted?: Wanted;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

/**
 * Copies an input (an object or a public URL, as the caller wrote it) into a local file. Throws the signal's reason
 * when aborted.
 */
export type FetchInput = (
  account: AccountId,
  wireInput: string,
  toFile: string,
  signal: AbortSignal,
  wishes?: FetchWishes,
) => Promise<FetchInputOutcome>;

const CODES = {
  'not-found': 'InputFileNotFound',
  refused: 'InputFetchRefused',
  failed: 'InputFetchFailed',
  'too-large': 'InputFileTooLarge',
  invalid: 'InputFileNotFound',
  'playlist-invalid': 'InputPlaylistInvalid',
  'playlist-unsupported': 'InputPlaylistUnsupported',
  unreadable: 'InputFileUnreadable',
  unavailable: 'EngineUnavailable',
} as const;

/** The failure of a job whose input could not be had. */
export function fetchFailure(outcome: Exclude<FetchInputOutcome, { kind: 'fetched' }>): StepFailure {
  return { kind: 'failed', failure: jobFailure(CODES[outcome.kind], outcome.message) };
}
