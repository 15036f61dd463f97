import type { ImportOutcome } from '../../engines/models/import-model.ts';
import type { ModelSource } from '../../engines/models/install-model.ts';
import type { PullOutcome } from '../../engines/models/pull-model.ts';
import { byteSize } from '../byte-size.ts';
import { usageFailure, type Failure } from '../failure.ts';

/** Why a model was not installed. */
export type ModelProblem = Exclude<
  PullOutcome | ImportOutcome,
  { readonly kind: 'installed' | 'already-installed' | 'bundled' }
>;

type Where = {
  /** As the user calls the model. */
  readonly name: string;
  readonly dir: string;
  /** Whether SMARTJOBS_MODELS_MIRROR is set. */
  readonly isMirror: boolean;
};

/** A sentence for each problem, with what to do about it. No URL is in it: that of a mirror may hold a password. */
export function problemOf(problem: ModelProblem, where: Where): Failure {
  const [code, message] = textOf(problem, where);
  return { kind: 'failure', exit: 1, code, message, requestId: '' };
}

function textOf(problem: ModelProblem, { name, dir, isMirror }: Where): [code: string, message: string] {
  switch (problem.kind) {
    case 'busy':
      return ['Busy', `Another smartjobs is installing or removing ${name} now. Try again when it has ended.`];
    case 'no-space': {
      const sizes = `needs about ${byteSize(problem.needed)}, and ${byteSize(problem.free)} are free`;
      return ['NoSpace', `${name} ${sizes} in ${dir}. Make room, or choose another folder (SMARTJOBS_MODELS_DIR).`];
    }
    case 'disk-full':
      return ['NoSpace', `The disk of ${dir} is full. Make room and try again: what was downloaded is kept.`];
    case 'wrong-hash':
      return ['WrongHash', wrongHash(problem, isMirror)];
    case 'wrong-size': {
      const sizes = `has ${problem.found} bytes, and the catalog says ${problem.expected}`;
      return [
        'WrongSize',
        `${problem.file} ${sizes}. It is not what was published under this name; it was not kept.`,
      ];
    }
    case 'broken-archive':
      return ['BrokenArchive', `${problem.file} cannot be used: ${problem.reason}. Nothing was installed.`];
    case 'missing-file': {
      const lack = `has no file that fits the role '${problem.role}' of the family ${problem.family}`;
      return ['MissingFile', `${name} ${lack}. Nothing was installed.`];
    }
    case 'missing-source':
      return ['MissingFile', `${name} is made of several files: put ${problem.path} there too.`];
    case 'not-found':
      return ['NotFound', `${problem.host} does not have ${problem.file} (404). ${mirrorAdvice(isMirror)}`];
    case 'refused':
      return [
        'Refused',
        `${problem.host} refused ${problem.file} with status ${problem.status}. ${mirrorAdvice(isMirror)}`,
      ];
    case 'unreachable':
      return ['Unreachable', unreachable(problem, name)];
  }
}

function wrongHash(
  { file, expected, found }: Extract<ModelProblem, { kind: 'wrong-hash' }>,
  isMirror: boolean,
): string {
  const advice = isMirror
    ? 'Ask whoever runs the mirror'
    : 'The release may have been changed: do not use it unseen';
  return `${file} has sha256 ${found}, and the catalog says ${expected}. It was not installed. ${advice}.`;
}

function mirrorAdvice(isMirror: boolean): string {
  return isMirror
    ? 'It is the mirror of SMARTJOBS_MODELS_MIRROR: <mirror>/<release>/<file> has to be there.'
    : 'If it has moved, name a mirror with SMARTJOBS_MODELS_MIRROR, or fetch it by hand: smartjobs models import FILE.';
}

function unreachable(
  { host, file, reason, received }: Extract<ModelProblem, { kind: 'unreachable' }>,
  name: string,
): string {
  const kept = received > 0 ? ` ${byteSize(received)} are kept: smartjobs models pull ${name} goes on there.` : '';
  return (
    `${file} could not be downloaded from ${host}: ${reason}.${kept} Without a network, bring the file from ` +
    'elsewhere: smartjobs models import FILE. For another source, set SMARTJOBS_MODELS_MIRROR.'
  );
}

/** Where nobody had said which hash a file must have. */
export function trustSentences(sources: readonly Pick<ModelSource, 'file' | 'sha256' | 'trust'>[]): string[] {
  return sources
    .filter(({ trust }) => trust === 'computed')
    .map(
      ({ file, sha256 }) =>
        `No public hash of ${file} is known, so it was not compared with one. It has sha256 ${sha256}, which is ` +
        'written down in model.json.',
    );
}

/** @param names that would have been right */
export async function unknownModel(name: string, names: readonly string[]): Promise<Failure> {
  const { nearestNames } = await import('../../engines/models/nearest-names.ts');
  const near = nearestNames(name, names);
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return usageFailure('UnknownModel', `There is no model '${name}'.${meant} smartjobs models list shows all.`);
}
