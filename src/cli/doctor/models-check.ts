import { readModelsFolder } from '../../engines/models/installed-models.ts';
import { ok, type Check } from './check.ts';

/** The models that are installed, and each one that is broken: jobs run without it, but not as they were meant to. */
export async function modelsCheck(modelsDir: string): Promise<Check[]> {
  const name = 'models';
  try {
    const { models, broken } = await readModelsFolder(modelsDir);
    const names = models.map((model) => model.name).join(', ');
    const sum: Check =
      models.length > 0
        ? ok(name, names)
        : {
            name,
            state: 'optional',
            detail: `none in ${modelsDir}`,
            remedy: 'smartjobs models list, then smartjobs models pull NAME',
          };
    return [sum, ...broken.map(brokenCheck)];
  } catch (error) {
    const remedy = 'Correct its permissions, or choose another folder with SMARTJOBS_MODELS_DIR.';
    return [
      { name, state: 'optional', detail: `${modelsDir} cannot be read: ${(error as Error).message}`, remedy },
    ];
  }
}

function brokenCheck({ name, reason }: { readonly name: string; readonly reason: string }): Check {
  const remedy = `smartjobs models remove ${name} && smartjobs models pull ${name} (or import it again)`;
  return { name: `model ${name}`, state: 'optional', detail: reason, remedy };
}
