import type { IdentityOutcome, IdentityRefusal } from '../../auth/identity-outcome.ts';
import { refuse, type ApiErrorCode, type Refusal } from '../../gateway/api-error.ts';
import { answer, type Answer, type AnswerObject } from '../../gateway/operation.ts';

type Fields<Value> = (value: Value) => AnswerObject;

/** The answer of a call on identities, or the refusal by RAM's own codes. */
export function answerIdentity<Value>(
  outcome: IdentityOutcome<Value>,
  fields: Fields<Value> = () => ({}),
): Answer | Refusal {
  return outcome.kind === 'done' ? answer(fields(outcome.value)) : refuseIdentity(outcome);
}

/** The same of a change, whose parameters are called `NewUserName` where a creation has `UserName`. */
export function answerChange<Value>(outcome: IdentityOutcome<Value>, fields: Fields<Value>): Answer | Refusal {
  if (outcome.kind !== 'invalid') return answerIdentity(outcome, fields);
  const { field, message } = outcome;
  return refuseIdentity({ ...outcome, field: `New${field}`, message: message.replace(field, `New${field}`) });
}

export function refuseIdentity(refusal: IdentityRefusal): Refusal {
  return refuse(codeOf(refusal), refusal.message);
}

function codeOf(refusal: IdentityRefusal): ApiErrorCode {
  switch (refusal.kind) {
    case 'entity-exists':
      return `EntityAlreadyExists.${refusal.entity}`;
    case 'entity-not-exist':
      return `EntityNotExist.${refusal.entity}`;
    case 'delete-conflict':
      return `DeleteConflict.${refusal.conflict}`;
    case 'limit-exceeded':
      return `LimitExceeded.${refusal.entity}`;
    case 'invalid':
      return refusal.rule === 'Malformed'
        ? 'MalformedPolicyDocument'
        : `InvalidParameter.${refusal.field}.${refusal.rule}`;
  }
}

/** A text that was not sent leaves what there is. */
export function unlessEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}
