import { refuse } from '../gateway/api-error.ts';
import { answer } from '../gateway/operation.ts';
import { HOTWORD_LIMITS, type HotwordScenario } from '../jobs/hotword-library.ts';
import { badLength, HOTWORDS, SCENARIO_CHOICE } from './hotword-library-fields.ts';
import { readHotwords } from './hotword-list.ts';
import { operation } from './services.ts';

export const createHotwordLibrary = operation({
  product: 'ice',
  action: 'CreateHotwordLibrary',
  summary: 'Creates a library of words that recordings are likely to hold.',
  ramAction: 'ice:CreateHotwordLibrary',
  parameters: {
    Name: { kind: 'text', required: true, description: 'A name, at most 100 characters.' },
    Description: { kind: 'text', description: 'A description, at most 200 characters.' },
    UsageScenario: { ...SCENARIO_CHOICE, required: true },
    Hotwords: { ...HOTWORDS, required: true },
  },
  answers: [{ name: 'HotwordLibraryId', type: 'string', description: '32 hex characters.' }],

  async handle({ caller, values }, { hotwords: libraries }) {
    const tooLong = badLength(values);
    if (tooLong !== undefined) return tooLong;
    const scenario: HotwordScenario = values.UsageScenario;
    const hotwords = readHotwords(values.Hotwords, scenario);
    if ('kind' in hotwords) return hotwords;
    const draft = { name: values.Name, description: values.Description, scenario, hotwords };
    const library = await libraries.create(caller.account, draft);
    if ('kind' in library) {
      const message = `The account has ${HOTWORD_LIMITS.libraries} hotword libraries, which is the limit. Delete one, or add the words to one.`;
      return refuse('QuotaExceeded.HotwordLibrary', message);
    }
    return answer({ HotwordLibraryId: library.id });
  },
});
