/** Copies everything from one database to another, of either kind, and proves that it is the same. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Db, isPostgres } from './open.ts';
import type { TableOfProcesses } from './schema.ts';
import { DatabaseRefused } from './trouble.ts';

/** What running processes tell each other is nobody's data. */
const leftOut: ReadonlySet<string> = new Set<TableOfProcesses>(['handled', 'pace', 'identifies', 'processes']);

/** What is a person's and no guild's, and the list of keys, stay where they are when one guild moves. */
const notOfGuild: ReadonlySet<string> = new Set(['journey_guilds']);

/** A table as a database describes it. */
interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Columns that refer to a table, which has to be filled before. */
  readonly references: readonly { readonly column: string; readonly table: string }[];
}

type Row = Readonly<Record<string, string | number | null>>;
/** The tables are known only when it runs. */
type AnyDb = Kysely<Record<string, Row>>;

/** Says how far it is: rows so far, of so many. */
export type Progress = (done: number, all: number) => void;

const rowsAtOnce = 1_000;
/** SQLite takes 32,766 values in a statement. */
const valuesAtOnce = 30_000;

/**
 * Copies every row in one transaction, and compares both before it ends: on any difference nothing is stored.
 * @param guildId copies what belongs to this guild alone.
 * @returns how many rows each table has.
 * @throws DatabaseRefused when the target holds data, or something differs.
 */
export async function copyAll(from: Db, to: Db, progress: Progress, guildId?: string): Promise<Map<string, number>> {
  const tables = await describeTables(from, guildId);
  await refuseOther(tables, to, guildId);
  await refuseData(tables, to, guildId);
  let all = 0;
  for (const table of tables) all += await countRows(from, table, guildId);
  const counts = new Map<string, number>();
  let done = 0;
  await to.transaction().execute(async (trx) => {
    // It waits while the other side is read, for as long as that takes.
    if (isPostgres(trx)) await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
    // Every row twice: written, then compared.
    const note = (rows: number) => progress((done += rows), 2 * all);
    for (const table of tables) counts.set(table.name, await copyTable(from, trx, table, note, guildId));
    for (const table of tables) {
      const [theirs, ours] = [await digest(from, table, undefined, guildId), await digest(trx, table, note, guildId)];
      if (theirs !== ours) throw new DatabaseRefused(`${table.name} came out different, so nothing was moved.`);
    }
  });
  return counts;
}

async function copyTable(
  from: Db,
  trx: Db,
  table: Table,
  note: (rows: number) => void,
  guildId?: string,
): Promise<number> {
  const own = table.references.find((reference) => reference.table === table.name)?.column;
  const later: Row[] = [];
  let count = 0;
  const write = async (rows: readonly Row[]) => {
    const most = Math.floor(valuesAtOnce / table.columns.length);
    for (let i = 0; i < rows.length; i += most) {
      await (trx as unknown as AnyDb).insertInto(table.name).values(rows.slice(i, i + most)).execute(); // prettier-ignore
    }
  };
  for await (const rows of pages(from, table, guildId)) {
    // What refers to another row of the same table comes after it.
    const first = own === undefined ? rows : rows.filter((row) => row[own] === null);
    if (own !== undefined) later.push(...rows.filter((row) => row[own] !== null));
    await write(first);
    count += rows.length;
    note(rows.length);
  }
  await write(later);
  return count;
}

/** The rows of a table in the order of its key, some at a time. */
async function* pages(db: Db, table: Table, guildId?: string): AsyncGenerator<Row[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    let query = (db as unknown as AnyDb).selectFrom(table.name).selectAll().limit(rowsAtOnce);
    for (const column of table.key) query = query.orderBy(sql.ref(column));
    if (guildId !== undefined) query = query.where(sql<boolean>`${sql.ref(guildColumn(table))} = ${guildId}`);
    if (last !== undefined) {
      const values = sql.join(table.key.map((column) => last?.[column] ?? null));
      query = query.where(sql<boolean>`(${key}) > (${values})`);
    }
    const rows = await query.execute();
    if (rows.length > 0) yield rows.map(withoutNul);
    if (rows.length < rowsAtOnce) return;
    last = rows.at(-1);
  }
}

const guildColumn = ({ name }: Table): string => (name === 'guilds' ? 'id' : 'guild_id');

/** PostgreSQL takes no NUL in a text; what was typed before that was cut at the border may hold one. */
function withoutNul(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' ? value.replaceAll('\0', '') : value,
    ]),
  );
}

/** A sum over all rows that does not depend on their order, and their number. */
async function digest(db: Db, table: Table, note: ((rows: number) => void) | undefined, guildId?: string) {
  let count = 0;
  let sum = 0n;
  for await (const rows of pages(db, table, guildId)) {
    for (const row of rows) {
      const text = JSON.stringify(table.columns.map((column) => row[column]));
      sum = (sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % 2n ** 256n;
    }
    count += rows.length;
    note?.(rows.length);
  }
  return `${count} ${sum.toString(16)}`;
}

async function countRows(db: Db, table: Table, guildId?: string): Promise<number> {
  let query = (db as unknown as AnyDb).selectFrom(table.name).select((of) => of.fn.countAll<number>().as('n'));
  if (guildId !== undefined) query = query.where(sql<boolean>`${sql.ref(guildColumn(table))} = ${guildId}`);
  return (await query.executeTakeFirst())?.n ?? 0;
}

/** @throws DatabaseRefused when the two do not have the same tables and columns. */
async function refuseOther(tables: readonly Table[], to: Db, guildId: string | undefined): Promise<void> {
  const shape = (list: readonly Table[]) => list.map(({ name, columns }) => `${name} ${columns.join()}`).toSorted();
  const [ours, theirs] = [shape(tables), shape(await describeTables(to, guildId))];
  const other = ours.find((table) => !theirs.includes(table)) ?? theirs.find((table) => !ours.includes(table));
  if (other !== undefined) throw new DatabaseRefused(`The two differ in the table ${other.split(' ')[0]}.`);
}

async function refuseData(tables: readonly Table[], to: Db, guildId: string | undefined): Promise<void> {
  for (const table of tables) {
    if ((await countRows(to, table, guildId)) === 0) continue;
    throw new DatabaseRefused(
      guildId === undefined
        ? `The target holds data already (${table.name}). Name an empty database.`
        : `The target holds something of the server ${guildId} already (${table.name}).`,
    );
  }
}

/** The tables of a database, what others refer to before those. */
async function describeTables(db: Db, guildId: string | undefined): Promise<Table[]> {
  const found = isPostgres(db) ? await describePostgres(db) : await describeSqlite(db);
  const tables = found.filter(({ name, columns }) => {
    if (leftOut.has(name) || name.startsWith('kysely_') || name.startsWith('sqlite_')) return false;
    if (guildId === undefined) return true;
    return (name === 'guilds' || columns.includes('guild_id')) && !notOfGuild.has(name);
  });
  const ordered: Table[] = [];
  const waiting = new Map(tables.map((table) => [table.name, table]));
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const table of waiting.values()) {
      if (table.references.some((to) => to.table !== table.name && waiting.has(to.table))) continue;
      ordered.push(table);
      waiting.delete(table.name);
    }
    if (waiting.size === before)
      throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join()}`);
  }
  return ordered;
}

async function describeSqlite(db: Db): Promise<Table[]> {
  const { rows } = await sql<{ name: string; column: string; pk: number }>`
    select tables.name as name, columns.name as "column", columns.pk as pk
    from sqlite_master as tables join pragma_table_info(tables.name) as columns
    where tables.type = 'table' order by tables.name, columns.name`.execute(db);
  const links = await sql<{ name: string; column: string; table: string }>`
    select tables.name as name, links."from" as "column", links."table" as "table"
    from sqlite_master as tables join pragma_foreign_key_list(tables.name) as links
    where tables.type = 'table'`.execute(db);
  return assemble(rows, links.rows);
}

async function describePostgres(db: Db): Promise<Table[]> {
  const { rows } = await sql<{ name: string; column: string; pk: number }>`
    select tables.relname as name, columns.attname as column, coalesce(array_position(keys.conkey, columns.attnum), 0) as pk
    from pg_class as tables
      join pg_attribute as columns on columns.attrelid = tables.oid and columns.attnum > 0 and not columns.attisdropped
      left join pg_constraint as keys on keys.conrelid = tables.oid and keys.contype = 'p'
    where tables.relkind = 'r' and tables.relnamespace = current_schema()::regnamespace
    order by tables.relname collate "C", columns.attname collate "C"`.execute(db);
  const links = await sql<{ name: string; column: string; table: string }>`
    select links.conrelid::regclass::text as name, columns.attname as column, links.confrelid::regclass::text as table
    from pg_constraint as links
      join pg_attribute as columns on columns.attrelid = links.conrelid and columns.attnum = any(links.conkey)
    where links.contype = 'f'`.execute(db);
  return assemble(rows, links.rows);
}

function assemble(
  columns: readonly { readonly name: string; readonly column: string; readonly pk: number }[],
  links: readonly { readonly name: string; readonly column: string; readonly table: string }[],
): Table[] {
  return [...new Set(columns.map(({ name }) => name))].map((name) => {
    const own = columns.filter((column) => column.name === name);
    const key = own.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
    return {
      name,
      columns: own.map(({ column }) => column),
      key: key.map(({ column }) => column),
      references: links.filter((link) => link.name === name),
    };
  });
}
