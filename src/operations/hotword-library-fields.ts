import { refuse, refuseValue, type Refusal } from '../gateway/api-error.ts';
import { wireTime } from '../base/wire-time.ts';
import type { AnswerField, AnswerObject } from '../gateway/operation.ts';
import { HOTWORD_LIMITS, HOTWORD_SCENARIOS, type ListedHotwordLibrary } from '../jobs/hotword-library.ts';
import { characters, hotwordList } from './hotword-list.ts';

export const LIBRARY_ID = {
  kind: 'text',
  required: true,
  description: 'The id of the library: 32 hex characters.',
} as const;

export const HOTWORDS = {
  kind: 'json',
  schema: hotwordList,
  maxBytes: 524_288,
  description: `JSON: an array of 1 to ${HOTWORD_LIMITS.words} objects {Text, Weight, Language, TranspositionResultList}. Text: up to 15 characters of Chinese or 10 words, for VideoTranslation 100 characters; Weight: -6 to 5, 2 where it is absent; Language: such as en or zh, every language where it is absent; TranspositionResultList: {TranslatedText, TargetLanguage}, kept for translation. Each Text of a Language once.`,
} as const;

export const SCENARIO_CHOICE = {
  kind: 'choice',
  allowed: HOTWORD_SCENARIOS,
  description: 'What the library is for. Speech recognition takes libraries for ASR.',
} as const;

/** @param name of the array's elements with a period, or '' */
export function libraryAnswers(name: string): readonly AnswerField[] {
  return [
    { name: `${name}HotwordLibraryId`, type: 'string', description: '32 hex characters.' },
    { name: `${name}Name`, type: 'string', description: 'As given.' },
    { name: `${name}Description`, type: 'string', description: 'As given.' },
    { name: `${name}UsageScenario`, type: 'string', description: HOTWORD_SCENARIOS.join(', ') },
    { name: `${name}CreationTime`, type: 'string', description: 'UTC, `2026-01-02T03:04:05Z`.' },
  ];
}

export function libraryFields(library: ListedHotwordLibrary): AnswerObject {
  return {
    HotwordLibraryId: library.id,
    Name: library.name,
    Description: library.description,
    UsageScenario: library.scenario,
    CreationTime: wireTime(library.createdAt),
    ModifiedTime: wireTime(library.modifiedAt),
  };
}

/** One answer for an id that is unknown, malformed, deleted or another account's, so that it tells nothing. */
export function libraryNotFound(id: string): Refusal {
  const shown = id.slice(0, 64);
  return refuse('InvalidParameter.HotwordLibraryNotFound', `The account has no hotword library '${shown}'.`);
}

/** Undefined where name and description are as long as they may be. */
export function badLength(values: { readonly Name: string; readonly Description: string }): Refusal | undefined {
  const limits = { Name: HOTWORD_LIMITS.name, Description: HOTWORD_LIMITS.description } as const;
  for (const field of ['Name', 'Description'] as const) {
    const [value, limit] = [values[field], limits[field]];
    if (characters(value) > limit) return refuseValue(field, value, `at most ${limit} characters`);
  }
  return undefined;
}
