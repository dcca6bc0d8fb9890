import type { Compilable, CompiledQuery } from 'kysely';
import { type Db, isPostgres } from './open.ts';
import { ownShards } from './owned.ts';

/** Stands in a query for a value that is known only when it runs. */
class Parameter {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

type Values<Name extends string> = Readonly<Record<Name, string>>;

/** Databases with the same key understand the same statement: it may name the process's shards. */
function keyOf(db: Db): string {
  if (!isPostgres(db)) return 'sqlite';
  const shards = ownShards(db);
  return shards === undefined ? 'postgres' : `${shards.own.join()} of ${shards.count}`;
}

/**
 * A query that is built and compiled once for each kind of database. For those that run at every command: building one takes kysely several times
 * as long as SQLite takes to answer it.
 * @param build builds the query; `parameters.guildId` and so on stand for the values of each run.
 * @returns a function that runs it, in the database or in a transaction, and gives its rows.
 */
export function prepared<Name extends string, Row>(
  build: (db: Db, parameters: Values<Name>) => Compilable<Row>,
): (db: Db, values: Values<Name>) => Promise<Row[]> {
  const compiled = new Map<string, CompiledQuery<Row>>();
  const parameters = new Proxy({} as Values<Name>, { get: (_, name) => new Parameter(String(name)) });
  return async (db, values) => {
    const key = keyOf(db);
    let query = compiled.get(key);
    if (!query) compiled.set(key, (query = build(db, parameters).compile()));
    const bound = query.parameters.map((value) => (value instanceof Parameter ? values[value.name as Name] : value));
    const { rows } = await db.executeQuery<Row>({ ...query, parameters: bound });
    return rows;
  };
}
