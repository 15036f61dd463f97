/** A SubmitVideoTranslationJob that is right, for tests; parts of its three documents are replaced. */
export type TranslationChanges = {
  readonly input?: object;
  readonly output?: object;
  readonly editing?: object;
  /** Other parameters of the call. */
  readonly call?: Readonly<Record<string, string>>;
};

export const MEDIA_URL = 'https://films.oss-cn-shanghai.aliyuncs.com/out/a%20film.mp4';

export function translationCall({ input, output, editing, call }: TranslationChanges = {}): Record<string, string> {
  return {
    InputConfig: JSON.stringify({ Type: 'Video', Video: 'oss://uploads/film.mp4', ...input }),
    OutputConfig: JSON.stringify({ MediaURL: MEDIA_URL, ...output }),
    EditingConfig: JSON.stringify({ SourceLanguage: 'en', TargetLanguage: 'es', ...editing }),
    ...call,
  };
}
