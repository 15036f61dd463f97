import { answer } from '../gateway/operation.ts';
import type { HotwordLibraryChange } from '../jobs/hotword-library.ts';
import { badLength, HOTWORDS, LIBRARY_ID, libraryNotFound } from './hotword-library-fields.ts';
import { readHotwords } from './hotword-list.ts';
import { operation } from './services.ts';

/** The words of a change take the place of all words before. */
export const updateHotwordLibrary = operation({
  product: 'ice',
  action: 'UpdateHotwordLibrary',
  summary: 'Renames a hotword library, describes it anew or replaces its words. What is not sent stays.',
  ramAction: 'ice:UpdateHotwordLibrary',
  parameters: {
    HotwordLibraryId: LIBRARY_ID,
    Name: { kind: 'text', description: 'Its name from now on, at most 100 characters.' },
    Description: { kind: 'text', description: 'Its description from now on, at most 200 characters.' },
    Hotwords: HOTWORDS,
  },
  answers: [{ name: 'Success', type: 'string', description: 'The id of the library, as the service has it.' }],

  async handle({ caller: { account }, values }, { hotwords: libraries }) {
    const { HotwordLibraryId: id, Name, Description } = values;
    const tooLong = badLength(values);
    if (tooLong !== undefined) return tooLong;
    const library = await libraries.get(account, id);
    if (library === undefined) return libraryNotFound(id);
    const hotwords = values.Hotwords === '' ? library.hotwords : readHotwords(values.Hotwords, library.scenario);
    if ('kind' in hotwords) return hotwords;
    const change: HotwordLibraryChange = {
      ...(Name !== '' && { name: Name }),
      ...(Description !== '' && { description: Description }),
      ...(values.Hotwords !== '' && { hotwords }),
    };
    if ((await libraries.update(account, id, change)) === undefined) return libraryNotFound(id);
    return answer({ Success: id });
  },
});
