import type { Joined } from '../../../auth/identities.ts';

/** Rows that have the columns of an entity and `joinedAt`. */
export function joined<Entity extends object>(rows: readonly unknown[]): Joined<Entity>[] {
  return (rows as (Entity & { joinedAt: number })[]).map(({ joinedAt, ...entity }) => ({
    entity: entity as unknown as Entity,
    joinedAt,
  }));
}
