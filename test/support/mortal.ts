/** A database as a process sees it that dies: at a statement, or at any moment, and then reads and writes nothing more. */
import type { Kysely, KyselyPlugin } from 'kysely';
import type { Schema } from '../../src/db/schema.ts';

/** What is thrown at whatever a dead process still tries. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Mortal {
  readonly db: Kysely<Schema>;
  /** How many statements it has begun. */
  readonly statements: number;
  readonly isDead: boolean;
  /** It dies before its next statements but so many; what was in hand is rolled back, as a database does by itself. */
  dieAfter(statements: number): void;
  die(): void;
}

/** The same database for a process of its own. */
export function mortal(db: Kysely<Schema>): Mortal {
  let [statements, last, isDead] = [0, Infinity, false];
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      isDead ||= statements >= last;
      if (isDead) throw new Killed();
      statements += 1;
      return node;
    },
    transformResult({ result }) {
      // What a dead process is answered it never reads.
      return isDead ? Promise.reject(new Killed()) : Promise.resolve(result);
    },
  };
  return {
    db: db.withPlugin(plugin),
    get statements() {
      return statements;
    },
    get isDead() {
      return isDead;
    },
    dieAfter: (more) => void (last = statements + more),
    die: () => void (isDead = true),
  };
}
