import { answer } from '../gateway/operation.ts';
import { LIBRARY_ID, libraryNotFound } from './hotword-library-fields.ts';
import { operation } from './services.ts';

/** Jobs that name it and have not begun to recognize yet will fail, and say so. */
export const deleteHotwordLibrary = operation({
  product: 'ice',
  action: 'DeleteHotwordLibrary',
  summary: 'Deletes a hotword library. Jobs that wait for it fail with HotwordLibraryNotFound.',
  ramAction: 'ice:DeleteHotwordLibrary',
  parameters: { HotwordLibraryId: LIBRARY_ID },
  answers: [{ name: 'Success', type: 'boolean', description: 'true.' }],

  async handle({ caller, values }, { hotwords }) {
    const deleted = await hotwords.delete(caller.account, values.HotwordLibraryId);
    return deleted ? answer({ Success: true }) : libraryNotFound(values.HotwordLibraryId);
  },
});
