import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ApplicationCommandOptionType } from 'discord.js';
import { sql } from 'kysely';
import rules from '../oxlint.config.ts';
import { checkBody } from '../sandbox/validate/index.ts';
import { commands } from '../src/commands/index.ts';
import { openDatabase } from '../src/db/open.ts';
import type { Command } from '../src/discord/command.ts';
import { parseConfig } from '../src/config.ts';
import { createClient } from '../src/discord/client.ts';
import { commandBody } from '../src/discord/command-body.ts';
import { createDispatch } from '../src/discord/dispatch.ts';
import { formerKeys } from '../src/discord/keys.ts';
import { events } from '../src/events/index.ts';
import { jobs } from '../src/jobs/index.ts';
import { createLanguages } from '../src/texts/languages.ts';
import { texts as english } from '../src/texts/en.ts';
import { commandBodies } from './support/commands.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files of a folder that are not what the folder lists: its index, and the type of its entries. */
const besides = new Set(['index.ts', 'event.ts', 'job.ts']);

/** What a folder holds that has to be listed: files, and folders that were files once. */
function entriesOf(folder: string): string[] {
  return readdirSync(join(root, 'src', folder), { withFileTypes: true })
    .filter((entry) => !besides.has(entry.name))
    .map((entry) => (entry.isDirectory() ? `./${entry.name}/index.ts` : `./${entry.name}`));
}

function importsOf(folder: string): string[] {
  const index = readFileSync(join(root, 'src', folder, 'index.ts'), 'utf8');
  return [
    ...index.matchAll(/^import \w+ from '(\.\/[^']+)'/gm),
    ...index.matchAll(/^import \{[^}]*\} from '(\.\/[^']+)'/gm),
  ]
    .map(([, path]) => path ?? '')
    .filter((path) => !besides.has(basename(path)) || path.endsWith('/index.ts'));
}

describe('explicit lists', () => {
  test.each([
    ['commands', commands.length],
    ['events', events.length],
    ['jobs', jobs.length],
  ])('every file in src/%s is in its index, and does something there', (folder, count) => {
    expect(importsOf(folder).toSorted()).toEqual(entriesOf(folder).toSorted());
    expect(count).toBe(entriesOf(folder).length);
  });

  test('every migration is listed, in order', async () => {
    const { migrations } = await import('../src/db/migrations/index.ts');
    const files = readdirSync(join(root, 'src/db/migrations')).filter((name) => name !== 'index.ts');
    expect(Object.keys(migrations)).toEqual(files.map((name) => name.replace('.ts', '')).toSorted());
  });

  test('a command’s file has its name', () => {
    const files = entriesOf('commands').map((path) => path.replace(/^\.\/|\/index\.ts$|\.ts$/g, ''));
    expect(commands.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  test('events and jobs have names of their own', () => {
    for (const names of [events.map(({ name }) => name), jobs.map(({ name }) => name)]) {
      expect(new Set<string>(names).size).toBe(names.length);
    }
  });
});

describe('commands', () => {
  const handlersOf = ({ buttons, menus, modals }: Command) =>
    [buttons, menus, modals].flatMap((each) => Object.keys(each ?? {}));

  test('names of commands and keys of handlers are unique', () => {
    expect(() => createDispatch(commands)).not.toThrow();
    expect(() => createDispatch([...commands, ...commands.map((command) => ({ ...command }))])).toThrow(
      'share the name',
    );
  });

  test('a key that older messages carry leads to a handler, and is nobody’s own', () => {
    const own = new Set(commands.flatMap((command) => handlersOf(command)));
    for (const [former, now] of Object.entries(formerKeys)) {
      expect([...own]).toContain(now);
      expect([...own]).not.toContain(former);
    }
  });

  test.each(commands.flatMap((command) => handlersOf(command)))(
    'the key %s fits into a custom id with three ids behind it',
    (key) => {
      expect(key).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(key.length).toBeLessThanOrEqual(40);
    },
  );

  test.each(commandBodies.map((body) => [body.name, body] as const))(
    'Discord takes /%s, by itself and with the others',
    (_, body) => {
      const sent: unknown = JSON.parse(JSON.stringify(body));
      expect(checkBody('POST', '/applications/1/commands', sent)).toBeUndefined();
    },
  );

  test('Discord takes all of them together', () => {
    const sent: unknown = JSON.parse(JSON.stringify(commandBodies));
    expect(checkBody('PUT', '/applications/1/commands', sent)).toBeUndefined();
    expect(checkBody('PUT', '/applications/1/guilds/2/commands', sent)).toBeUndefined();
  });

  test('what is looked for while somebody types is bounded for each option, by Discord itself', () => {
    type Option = {
      type: ApplicationCommandOptionType;
      name: string;
      autocomplete?: boolean;
      max_length?: number;
      options?: unknown;
    };
    const searched = (options: readonly Option[]): Option[] =>
      options.flatMap((option) => [
        ...(option.autocomplete && option.type === ApplicationCommandOptionType.String ? [option] : []),
        ...searched((option.options ?? []) as Option[]),
      ]);
    const all = commandBodies.flatMap((body) => searched((body.options ?? []) as Option[]));
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((option) => (option.max_length ?? Infinity) > 100)).toEqual([]);
  });

  test.each(commandBodies)('each subcommand of /$name has a handler, and each handler a subcommand', (body) => {
    const described = (body.options ?? []).flatMap((option) => {
      if (option.type === ApplicationCommandOptionType.Subcommand) return [option.name];
      if (option.type !== ApplicationCommandOptionType.SubcommandGroup) return [];
      return (option.options ?? []).map(({ name }) => `${option.name} ${name}`);
    });
    const command = commands.find(({ name }) => name === body.name);
    const anywhere = Object.keys(command?.anywhere ?? {});
    const handled = [...Object.keys(command?.subcommands ?? {}), ...anywhere.filter((name) => name !== '')];
    expect(handled.toSorted()).toEqual(described.toSorted());
    expect(command?.execute === undefined && !anywhere.includes('')).toBe(described.length > 0);
  });

  test.each(commandBodies)('/$name is offered in servers only, unless a handler of it runs anywhere', (body) => {
    const runsAnywhere = commands.find(({ name }) => name === body.name)?.anywhere !== undefined;
    expect(body.contexts).toEqual(runsAnywhere ? [0, 1, 2] : [0]);
    expect(body.integration_types).toEqual(runsAnywhere ? [0, 1] : undefined);
  });

  test.each(commandBodies)('/$name describes itself and every option in whole words', (body) => {
    const descriptions: string[] = [];
    const collect = (part: { description?: string; options?: readonly object[] }) => {
      descriptions.push(part.description ?? '');
      for (const option of part.options ?? []) collect(option);
    };
    collect(body);
    for (const description of descriptions) {
      expect(description.length).toBeGreaterThanOrEqual(8);
      expect(description.length).toBeLessThanOrEqual(100);
    }
  });

  test.each(['announce', 'audit', 'setup', 'mentors'])('/%s is offered to moderators only', (name) => {
    const command = commandBodies.find((body) => body.name === name);
    expect(command?.default_member_permissions).toBe(String(1 << 5));
  });
});

test('a thread is handed plain JavaScript: TypeScript in threads ends the process now and then', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const starting = files
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')] as const)
    .filter(([, code]) => code.includes('new Worker('));
  expect(starting.map(([file]) => file).toSorted()).toEqual([
    join('db', 'sqlite', 'thread.ts'),
    join('thread', 'start.ts'),
  ]);
  for (const [file, code] of starting)
    expect(code, file).toMatch(/new Worker\(new URL\('[a-z]+\.js', import\.meta\.url\)/);
});

describe('how Discord is spoken to', () => {
  /** The files of `src` that say something which matches. */
  function filesWith(pattern: RegExp): string[] {
    return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && pattern.test(readFileSync(join(root, 'src', file), 'utf8')))
      .toSorted();
  }

  test('no client repeats by itself what Discord may have carried out already', () => {
    const client = join('discord', 'client.ts');
    const outbox = join('delivery', 'outbox.ts');
    expect(filesWith(/new (Client|REST|WebhookClient|API)\(/)).toEqual([outbox, client]);
    const { rest } = createClient(parseConfig({ DISCORD_TOKEN: 'test' })).options;
    expect(rest?.retries).toBe(0);
    // The outbox' own takes over what the client's says.
    expect(filesWith(/new REST\(\{\s*\.\.\.client\.options\.rest,/)).toEqual([outbox]);
    expect(filesWith(/\bretries:/)).toEqual([client]);
  });

  test('an interaction is answered in one place, which knows what to do when the answer gets lost', () => {
    const answers = /\.(respond|reply|deferReply|deferUpdate|showModal|editReply|followUp)\(|interaction\.update\(/;
    expect(filesWith(answers)).toEqual([join('discord', 'replies.ts')]);
  });

  test('what must not be there twice is created by way of whoever looks for it first', () => {
    expect(filesWith(/\.(channels|roles|threads)\.create\(/)).toEqual([
      join('commands', 'setup', 'create.ts'),
      join('discord', 'roles.ts'),
    ]);
  });
});

test('a guild’s transaction begins with its turn: nothing else opens one', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const opening = files
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => readFileSync(join(root, 'src', file), 'utf8').includes('.transaction()'));
  // Claims run over many guilds at once: their statements name what they take. Migrations run over all.
  expect(opening.toSorted()).toEqual([
    // The mover's target is nobody's yet.
    join('db', 'moving.ts'),
    join('db', 'notices', 'claims.ts'),
    join('db', 'postgres', 'open.ts'),
    join('guild', 'turn.ts'),
    join('posts', 'claim.ts'),
  ]);
});

describe('databases', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')] as const);
  /** What is said, without what is said about it. */
  const codeOf = (text: string) => text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

  test('every claim names state and claim in the statement that takes it', () => {
    // Statements that set `claimed_until` to a time: each says of what, and that it is free, or its own.
    const claiming = sources.flatMap(([file, text]) =>
      [...codeOf(text).matchAll(/[^;]*\.set\(\{[^}]*claimed_until: (?!null)[^]*?(?=;\n)/g)].map(
        ([code]) => [file, code] as const,
      ),
    );
    expect(claiming.map(([file]) => file).toSorted()).toEqual([
      join('db', 'notices', 'claims.ts'),
      join('db', 'notices', 'claims.ts'),
      join('db', 'notices', 'outcomes.ts'),
    ]);
    for (const [file, code] of claiming) expect(code, file).toMatch(/inHand|'state', '='/);
    const claim = claiming.find(([, code]) => code.includes('attempts'))?.[1];
    expect(claim).toMatch(/\.where\('state', '=', owed\)[^]*'claimed_until', 'is', null/);
  });

  test('nothing relies on the state of a connection: a pooler may stand between', () => {
    const stateful =
      /pg_advisory_lock|pg_try_advisory_lock\b|\blisten \w|\bnotify \w+;|prepare |\bset session|name: `?'?q\d/i;
    const found = sources.filter(([file, text]) => file.startsWith(join('db', '')) && !file.includes('sqlite') && stateful.test(codeOf(text))); // prettier-ignore
    expect(found.map(([file]) => file)).toEqual([]);
  });

  test('tables are made and changed by migrations alone', () => {
    const changing = /\.schema\.|\b(create|alter|drop) (table|index|unlogged)/i;
    // What a connection holds in memory for itself is none of the database's.
    const lasting = (text: string) => codeOf(text).replaceAll(/table (if exists )?temp\.\w+/g, '');
    const found = sources.filter(([file, text]) => !file.startsWith(join('db', 'migrations')) && changing.test(lasting(text))); // prettier-ignore
    expect(found.map(([file]) => file)).toEqual([]);
  });

  test('what may be null is ordered in one way on both: each says whether null comes first or last, or leaves it out', async () => {
    const db = await openDatabase(':memory:');
    const { rows } = await sql<{ table: string; name: string; is_nullable: number }>`
      select tables.name as "table", columns.name, columns."notnull" = 0 and columns.pk = 0 as is_nullable
      from sqlite_schema as tables, pragma_table_info(tables.name) as columns where tables.type = 'table'`.execute(db);
    await db.destroy();
    const tablesIn = (code: string) =>
      [...code.matchAll(/\b(?:selectFrom|updateTable|deleteFrom|(?:inner|left)Join)\('(\w+)/g)].map(
        ([, name]) => name ?? '',
      );
    const mayBeNull = (tables: readonly string[], column: string) =>
      rows.some((row) => row.name === column && row.is_nullable === 1 && tables.includes(row.table));
    const unsure = sources.flatMap(([file, text]) => {
      const code = codeOf(text);
      return code.split(/;\n|(?=\bawait )/).flatMap((statement) => {
        // What begins in a function of the file is about one of the file's tables.
        const tables = [tablesIn(statement), tablesIn(code)].find((names) => names.length > 0) ?? [];
        return [...statement.matchAll(/\.orderBy\(\s*'(?:(\w+)\.)?(\w+)'(.*)/g)]
          .filter(([, table, column = '']) => mayBeNull(table === undefined ? tables : [table], column))
          .filter(([, , column]) => !new RegExp(`\\.where\\('(\\w+\\.)?${column}'`).test(statement))
          .filter(([, , , rest = '']) => !/nulls(First|Last)/.test(rest))
          .map(([, , column]) => `${file}: ${column}`);
      });
    });
    expect(unsure).toEqual([]);
  });

  test('no statement may fail inside a transaction that goes on: nothing about one is caught in a turn', () => {
    // The commit of such a transaction is refused by the driver, too (test/postgres/open.test.ts).
    const catching = sources.filter(([, text]) =>
      /await trx\b[^;]*\.catch\(|execute\(trx\)\.catch\(/.test(codeOf(text)),
    );
    expect(catching.map(([file]) => file)).toEqual([]);
  });
});

describe('deliveries', () => {
  const filesIn = (folder: string) =>
    readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, readFileSync(join(root, 'src', folder, file), 'utf8')] as const);

  test('send every request through one gate, the attempt', () => {
    const asking = filesIn('delivery').filter(([, code]) =>
      /\brest(?:\[|\.(?:get|put|post|patch|delete)\b)|\.(?:fetch|send)\(/.test(code),
    );
    expect(asking.map(([file]) => file)).toEqual(['attempt.ts']);
  });

  test('render without writing: what has to be settled before, a post settles in `prepare`', () => {
    for (const [file, code] of filesIn(join('delivery', 'notices'))) {
      const names = [...code.matchAll(/import (?:type )?\{([^}]*)\}/g)].flatMap(([, list = '']) => list.split(','));
      const writing = names
        .map((name) => name.trim())
        .filter((name) =>
          /^(?:insert|update|upsert|delete|mark|record|keep|move|drop|close|forget)[A-Z]|^inTurn$/.test(name),
        );
      expect(writing, file).toEqual([]);
    }
  });

  test('a server’s own events are asked for in one place, for two kinds of occasion, neither of them of a mentorship', () => {
    const asking = filesIn('.').filter(([, code]) =>
      /guildScheduledEvents?\(|scheduled-events|scheduledEvents\b/.test(code),
    );
    expect(asking.map(([file]) => file)).toEqual([join('delivery', 'event.ts')]);
    const kinds = new Map(filesIn(join('delivery', 'notices'))).get('kinds.ts') ?? '';
    const sources = [...kinds.matchAll(/to: 'event', source: (\w+)/g)].map(([, source]) => source);
    expect(sources).toEqual(['sessionEvent', 'officeEvent']);
    for (const file of ['study-events.ts', 'office-event.ts']) {
      const imported = readFileSync(join(root, 'src/delivery/notices', file), 'utf8').match(/from '[^']+'/g) ?? [];
      expect(
        imported.filter((path) => /mentorship|meeting|goal|check-in|rest|request|cases/.test(path)),
        file,
      ).toEqual([]);
    }
  });

  test('no client repeats a request by itself: what it did is unknown then', () => {
    const making = filesIn('.').filter(([, code]) => /new (?:Client|REST)\(/.test(code));
    for (const [file, code] of making) expect(code, file).toMatch(/retries: 0|\.\.\.client\.options\.rest/);
    expect(making.length).toBe(2);
  });
});

describe('fences', () => {
  /** A file that imports something, and whether the linter may let it. */
  const imports: readonly (readonly [file: string, imported: string, allowed: boolean])[] = [
    ['src/matching/a.ts', './b.ts', true],
    ['src/matching/a.ts', 'discord.js', false],
    ['src/matching/a.ts', 'kysely', false],
    ['src/matching/a.ts', 'better-sqlite3', false],
    ['src/matching/a.ts', 'node-cron', false],
    ['src/matching/a.ts', 'node:crypto', false],
    ['src/matching/a.ts', '../time.ts', false],
    ['src/matching/a.ts', '../db/open.ts', false],
    ['src/matching/deep/a.ts', '../b.ts', true],
    ['src/matching/deep/a.ts', '../../time.ts', false],
    ['src/matching/deep/a.ts', '../../db/open.ts', false],
    ['src/matching/deep/a.ts', 'kysely', false],
    ['src/db/a.ts', '../time.ts', true],
    ['src/db/a.ts', '../content/index.ts', true],
    ['src/db/a.ts', 'kysely', true],
    ['src/db/a.ts', 'discord.js', false],
    ['src/db/a.ts', '../guild/guilds.ts', false],
    ['src/db/a.ts', '../mentoring/waitlist.ts', false],
    ['src/db/a.ts', '../matching/index.ts', false],
    ['src/db/migrations/a.ts', '../../mentoring/waitlist.ts', false],
    ['src/texts/en/a.ts', '../../discord/text.ts', false],
    ['src/texts/en/a.ts', '@discordjs/builders', false],
    ['src/content/a.ts', '../commands/index.ts', false],
    ['src/content/a.ts', '../lifecycle/purge.ts', false],
    ['src/guild/a.ts', '../db/guilds.ts', true],
    ['src/guild/a.ts', '../mentoring/waitlist.ts', false],
    ['src/guild/a.ts', '../lifecycle/setup.ts', false],
    ['src/guild/a.ts', 'discord.js', false],
    ['src/mentoring/a.ts', '../db/guilds.ts', true],
    ['src/mentoring/a.ts', '../guild/turn.ts', true],
    ['src/mentoring/a.ts', '../matching/index.ts', true],
    ['src/mentoring/a.ts', '../content/zones/index.ts', true],
    ['src/mentoring/a.ts', '../hours/common.ts', true],
    ['src/study/a.ts', '../hours/zone.ts', true],
    ['src/hours/a.ts', '../guild/turn.ts', true],
    ['src/hours/a.ts', '../mentoring/waitlist.ts', false],
    ['src/hours/a.ts', 'discord.js', false],
    ['src/guild/a.ts', '../hours/common.ts', false],
    ['src/mentoring/a.ts', '../posts/due.ts', false],
    ['src/mentoring/a.ts', '../lifecycle/leavers.ts', false],
    ['src/mentoring/a.ts', 'discord.js', false],
    ['src/mentoring/deep/a.ts', '../../discord/replies.ts', false],
    ['src/mentoring/deep/a.ts', '../../posts/due.ts', false],
    ['src/mentoring/a.ts', '../commands/index.ts', false],
    ['src/posts/a.ts', '../mentoring/waitlist.ts', false],
    ['src/posts/deep/a.ts', '../content/entries.ts', true],
    ['src/posts/a.ts', '../events/index.ts', false],
    ['src/study/a.ts', '../mentoring/waitlist.ts', false],
    ['src/study/a.ts', '../jobs/index.ts', false],
    ['src/journey/a.ts', '../study/groups.ts', false],
    ['src/journey/a.ts', '@discordjs/rest', false],
    ['src/lifecycle/a.ts', '../mentoring/release.ts', true],
    ['src/lifecycle/a.ts', '../posts/defaults.ts', true],
    ['src/lifecycle/a.ts', '../discord/replies.ts', false],
    ['src/lifecycle/a.ts', 'discord.js', false],
    ['src/discord/a.ts', 'discord.js', true],
    ['src/discord/a.ts', '../mentoring/waitlist.ts', true],
    ['src/discord/a.ts', '../delivery/outbox.ts', false],
    ['src/discord/a.ts', '../commands/index.ts', false],
    ['src/discord/deep/a.ts', '../../events/index.ts', false],
    ['src/discord/a.ts', '../jobs/job.ts', false],
    ['src/delivery/a.ts', '../discord/replies.ts', true],
    ['src/delivery/a.ts', '../lifecycle/leavers.ts', true],
    ['src/delivery/notices/a.ts', '../../commands/inbox/cards.ts', false],
    ['src/delivery/a.ts', '../jobs/job.ts', false],
    ['src/commands/inbox/a.ts', './cards.ts', true],
    ['src/commands/inbox/a.ts', '../../discord/replies.ts', true],
    ['src/commands/inbox/a.ts', '../../lifecycle/setup.ts', true],
    ['src/commands/inbox/a.ts', '../../delivery/notices/requests.ts', true],
    ['src/commands/inbox/a.ts', '../../delivery/outbox.ts', false],
    ['src/commands/inbox/a.ts', '../mentor/cards.ts', false],
    ['src/commands/register/a.ts', '../profile/form.ts', true],
    ['src/commands/register/a.ts', '../setup/form.ts', false],
    ['src/commands/profile/a.ts', '../register/form.ts', false],
    ['src/commands/tip/a.ts', '../content/forms.ts', true],
    ['src/commands/inbox/a.ts', '../../events/index.ts', false],
    ['src/commands/inbox/a.ts', '../../../sandbox/index.ts', false],
    ['src/commands/index.ts', './inbox/index.ts', true],
    ['src/events/a.ts', '../commands/index.ts', true],
    ['src/events/a.ts', '../jobs/index.ts', false],
    ['src/events/a.ts', '../../sandbox/index.ts', false],
    ['src/jobs/a.ts', '../delivery/outbox.ts', true],
    ['src/jobs/a.ts', '../commands/index.ts', false],
    ['src/jobs/a.ts', '../../sandbox/index.ts', false],
    ['src/bot.ts', './jobs/index.ts', true],
    ['src/bot.ts', '../sandbox/index.ts', false],
    ['src/mentoring/a.ts', '../../sandbox/index.ts', false],
    ['sandbox/a.ts', './index.ts', true],
    ['sandbox/a.ts', '../src/db/open.ts', false],
    ['sandbox/deep/a.ts', '../../src/commands/index.ts', false],
    ['sandbox/a.ts', '../src/guild/guilds.ts', false],
    ['test/a.test.ts', '../src/db/open.ts', true],
  ];

  test('the linter refuses every import that the house does not allow, and no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fences-'));
    try {
      // Types need the whole project; the fences do not.
      writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify({ ...rules, options: {} }));
      // A file for each, so that every refusal can be told apart.
      const files = imports.map(([file], index) => file.replace(/(\.test)?\.ts$/, `-${index}$&`));
      for (const [index, file] of files.entries()) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(
          join(folder, file),
          `import { thing } from '${imports[index]![1]}';\nexport const other = thing;\n`,
        );
      }
      const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
        cwd: folder,
        encoding: 'utf8',
      });
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
      const flagged = new Set(
        diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
      );
      const told = imports.map(([file, imported], index) => [file, imported, !flagged.has(files[index]!)]);
      expect(told).toEqual(imports.map((each) => [...each]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the names of commands', () => {
  test('are texts, each of them and no other', () => {
    const names = new Set<string>();
    const collect = (part: { name: string; options?: readonly object[] }) => {
      names.add(part.name);
      for (const option of part.options ?? []) collect(option as typeof part);
    };
    // With a second language, so that the choice between the two is there.
    const languages = createLanguages({ uk: english });
    for (const command of commands) collect(commandBody(command, languages));
    expect(Object.keys(english.commandNames).toSorted()).toEqual([...names].toSorted());
    for (const [name, shown] of Object.entries(english.commandNames)) expect(shown).toBe(name);
  });
});

describe('tests of the page', () => {
  test('wait for what the page draws, and never look just once', () => {
    const once =
      /expect\(\s*await [^;]*?\.(count|is[A-Z]\w+|innerText|allInnerTexts|textContent|inputValue|getAttribute)\([^()]*\)\s*,?\s*\)/;
    const folder = join(root, 'test/page');
    const hasty = readdirSync(folder).filter((file) => once.test(readFileSync(join(folder, file), 'utf8')));
    expect(hasty).toEqual([]);
  });
});
