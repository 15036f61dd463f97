import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { AccountId } from '../jobs/account.ts';
import type { HotwordLibraries } from '../jobs/hotword-libraries.ts';
import { hotwordLibraryOf, type HotwordScenario } from '../jobs/hotword-library.ts';

/** Undefined where the job names no library, or one of the account that is for this. */
export async function refuseLibrary(
  account: AccountId,
  editingConfig: string,
  scenario: HotwordScenario,
  libraries: HotwordLibraries,
): Promise<Refusal | undefined> {
  const id = hotwordLibraryOf(editingConfig);
  if (id === undefined) return undefined;
  const library = await libraries.get(account, id);
  if (library?.scenario === scenario) return undefined;
  const found = library === undefined ? '' : `, and not for ${library.scenario}`;
  const range = `the id of a hotword library of the account, one with UsageScenario ${scenario}${found}`;
  return refuseValue('EditingConfig.HotwordLibraryIdList', id, range);
}
