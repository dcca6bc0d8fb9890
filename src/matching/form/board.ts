import type { Pool } from './pool.ts';
import { createLook, type Look, lookAt } from './value.ts';

/** Nobody's group. */
export const noGroup = -1;

export interface Group {
  readonly members: number[];
  /** Of those members. */
  look: Look;
}

/** Groups under way, and who is in which. */
export class Board {
  readonly pool: Pool;
  readonly groups: Group[] = [];
  /** By person; `noGroup` for who is in none. */
  readonly groupOf: Int32Array;

  constructor(pool: Pool) {
    this.pool = pool;
    this.groupOf = new Int32Array(pool.size).fill(noGroup);
  }

  /** Makes a group of people who are in none. */
  found(members: readonly number[]): void {
    const look = createLook(this.pool);
    lookAt(this.pool, members, look);
    for (const member of members) this.groupOf[member] = this.groups.length;
    this.groups.push({ members: [...members], look });
  }

  /**
   * Gives a group other members; whoever is no longer among them is in none.
   * @param look of those members. The group's former one is returned, to be filled again.
   */
  refill(group: number, members: readonly number[], look: Look): Look {
    const { groups, groupOf } = this;
    const { members: before, look: former } = groups[group]!;
    for (const member of before) if (groupOf[member] === group) groupOf[member] = noGroup;
    before.splice(0, before.length, ...members);
    for (const member of members) groupOf[member] = group;
    groups[group]!.look = look;
    return former;
  }

  /** Those who are in no group. */
  left(): number[] {
    return [...this.groupOf.keys()].filter((person) => this.groupOf[person] === noGroup);
  }
}
