import { readFileSync } from 'node:fs';
import { assetPath } from '../asset-path.ts';
import type { ModelFamily } from './model-files.ts';
import type { ModelTask } from './model.ts';

/** A published file that a model is made from. */
export type CatalogSource = {
  /** The tag of the release that it belongs to, such as `asr-models`. */
  readonly release: string;
  readonly file: string;
  /** Absent where no public source says it. */
  readonly bytes?: number;
  /** In hex; absent where no public source says it. */
  readonly sha256?: string;
};

/** A row of assets/models/catalog.json. */
export type CatalogModel = {
  readonly name: string;
  /** What is easier to type. */
  readonly short: string;
  readonly task: ModelTask;
  readonly family: ModelFamily;
  /** BCP 47 primary tags; empty = it does not depend on the language. */
  readonly languages: readonly string[];
  readonly licence: string;
  /** One line. */
  readonly description: string;
  /** The file relative to assets/, where the model ships with the project. */
  readonly bundled?: string;
  readonly sources: readonly CatalogSource[];
};

/** Where the releases lie; SMARTJOBS_MODELS_MIRROR replaces it. */
export const RELEASES = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

type CatalogFile = {
  readonly models: readonly (Omit<CatalogModel, 'languages'> & { readonly languages: string })[];
};

let read: readonly CatalogModel[] | undefined;

export function modelCatalog(): readonly CatalogModel[] {
  if (read === undefined) {
    const { models } = JSON.parse(readFileSync(assetPath('models/catalog.json'), 'utf8')) as CatalogFile;
    read = models.map(({ languages, ...model }) => Object.assign(model, { languages: tagsOf(languages) }));
  }
  return read;
}

function tagsOf(text: string): string[] {
  return text.split(' ').filter((tag) => tag !== '');
}

/** @param name in full or short, in any case */
export function findInCatalog(
  name: string,
  catalog: readonly CatalogModel[] = modelCatalog(),
): CatalogModel | undefined {
  const wanted = name.toLowerCase();
  return catalog.find((model) => model.name.toLowerCase() === wanted || model.short.toLowerCase() === wanted);
}

/** The model that a file is published for, by the file's name. */
export function findByFile(
  file: string,
  catalog: readonly CatalogModel[] = modelCatalog(),
): CatalogModel | undefined {
  return catalog.find(({ sources }) => sources.some((source) => source.file === file));
}

/** The URL of a source. @param base without a slash at its end; may carry a user and a password */
export function sourceUrl({ release, file }: CatalogSource, base: string): string {
  return `${base}/${encodeURIComponent(release)}/${encodeURIComponent(file)}`;
}
