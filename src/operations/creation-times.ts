import type { CountedFilter } from '../jobs/job-query.ts';
import { wireTime } from '../base/wire-time.ts';
import { refuseValue, type Refusal } from '../gateway/api-error.ts';
import type { ParameterTable } from '../gateway/parameter-table.ts';

/** The two ends of a range of CreateTime, for every operation that has them. */
export const creationTimeParameters = {
  CreateTimeFrom: { kind: 'time', additive: true, description: 'Only jobs created at this time or later.' },
  CreateTimeTo: {
    kind: 'time',
    additive: true,
    description: 'Only jobs created before this time. Must be later than CreateTimeFrom.',
  },
} as const satisfies ParameterTable;

type Times = { readonly CreateTimeFrom: number | undefined; readonly CreateTimeTo: number | undefined };

/** A range that no job can lie in is a mistake, and said so. */
export function creationTimes(given: Times): Pick<CountedFilter, 'createdFrom' | 'createdBefore'> | Refusal {
  const { CreateTimeFrom: createdFrom, CreateTimeTo: createdBefore } = given;
  if (createdFrom !== undefined && createdBefore !== undefined && createdFrom >= createdBefore) {
    return refuseValue(
      'CreateTimeTo',
      wireTime(createdBefore),
      `later than CreateTimeFrom, ${wireTime(createdFrom)}`,
    );
  }
  return { createdFrom, createdBefore };
}
