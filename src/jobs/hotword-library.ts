/** What a library is for. It stays what it was created for. */
export const HOTWORD_SCENARIOS = ['ASR', 'StructuredMediaAssets', 'VideoTranslation'] as const;
export type HotwordScenario = (typeof HOTWORD_SCENARIOS)[number];

/** As the service has them: libraries an account, words a library, characters of a name and of a description. */
export const HOTWORD_LIMITS = { libraries: 100, words: 300, name: 100, description: 200 } as const;

/** A word or phrase that recordings are likely to hold. */
export type LibraryHotword = {
  readonly text: string;
  /** -6 to 5. Above 0 the word is more likely to be recognized, below less; -6 is hardly ever. */
  readonly weight: number;
  /** BCP 47; absent = of every language. */
  readonly language?: string;
  /** How it is to be translated; for VideoTranslation. */
  readonly translations?: readonly { readonly text: string; readonly language: string }[];
};

export type HotwordLibraryDraft = {
  readonly name: string;
  readonly description: string;
  readonly scenario: HotwordScenario;
  readonly hotwords: readonly LibraryHotword[];
};

/** A library without its words, as lists have it. Times are milliseconds since the epoch. */
export type ListedHotwordLibrary = Omit<HotwordLibraryDraft, 'hotwords'> & {
  /** 32 hex characters. */
  readonly id: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type HotwordLibrary = ListedHotwordLibrary & Pick<HotwordLibraryDraft, 'hotwords'>;

/** What is absent stays. */
export type HotwordLibraryChange = Partial<Omit<HotwordLibraryDraft, 'scenario'>>;

/** The id of the library that a job's EditingConfig names, alone or in an array; undefined where it names none. */
export function hotwordLibraryOf(editingConfig: string): string | undefined {
  const { HotwordLibraryIdList: named } = JSON.parse(editingConfig || '{}') as Record<string, unknown>;
  const id: unknown = Array.isArray(named) ? named[0] : named;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
