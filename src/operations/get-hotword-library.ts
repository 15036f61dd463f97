import { answer } from '../gateway/operation.ts';
import { LIBRARY_ID, libraryAnswers, libraryFields, libraryNotFound } from './hotword-library-fields.ts';
import { hotwordsOnWire } from './hotword-list.ts';
import { operation } from './services.ts';

export const getHotwordLibrary = operation({
  product: 'ice',
  action: 'GetHotwordLibrary',
  summary: 'Shows a hotword library with its words.',
  ramAction: 'ice:GetHotwordLibrary',
  parameters: { HotwordLibraryId: LIBRARY_ID },
  answers: [
    ...libraryAnswers(''),
    { name: 'ModifiedTime', type: 'string', additive: true, description: 'UTC, the last change.' },
    { name: 'Hotwords', type: 'array', description: 'The words, in the order they were given in.' },
    { name: 'Hotwords[].Text', type: 'string', description: 'The word or phrase.' },
    { name: 'Hotwords[].Weight', type: 'number', description: '-6 to 5.' },
    { name: 'Hotwords[].Language', type: 'string', description: 'As given; absent where it was.' },
    {
      name: 'Hotwords[].TranspositionResultList',
      type: 'array',
      description: '`{TranslatedText, TargetLanguage}` as given; absent where it was.',
    },
  ],
  xmlItems: { Hotwords: 'Hotword' },

  async handle({ caller, values }, { hotwords }) {
    const library = await hotwords.get(caller.account, values.HotwordLibraryId);
    if (library === undefined) return libraryNotFound(values.HotwordLibraryId);
    return answer({ ...libraryFields(library), Hotwords: hotwordsOnWire(library.hotwords) });
  },
});
