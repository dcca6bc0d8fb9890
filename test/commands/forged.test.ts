import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, OptionValue } from '../../sandbox/api.ts';
import { commands } from '../../src/commands/index.ts';
import { type Db, openDatabase } from '../../src/db/open.ts';
import type { Audience } from '../../src/discord/audience.ts';
import type { Command } from '../../src/discord/command.ts';
import { keys } from '../../src/discord/keys.ts';
import { commandBodies } from '../support/commands.ts';
import { openPair } from '../support/pairs.ts';
import { register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** Whoever is no moderator tries everything there is: each subcommand, each option while typing, each button, menu and form. */
let town: Town;
let member: Actor;
let stranger: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  member = town.guild.join({ name: 'Mallory' });
  stranger = town.guild.join({ name: 'Oscar' });
  await register(member, 'mentee', { languages: ['en'] });
  // The guild's own settings can hand a command to anybody: what Discord shows by default keeps nobody out.
  for (const { name } of commands) town.guild.openCommand(name);
});
afterAll(() => town.close());

const refusal = /moderators/i;
/** Ids as a client could make them up, behind a key. */
const forgedArgs = ['', ':x', ':x:1', ':0:0:0', ':tip:x'];

/** The handlers of one kind with the audience that each declares, or else its command. */
function closedTo(handlers: Command['buttons'] | Command['menus'] | Command['modals'], command: Command): string[] {
  const audienceOf = (handler: object): Audience =>
    'for' in handler ? (handler as { for: Audience }).for : command.for;
  return Object.entries(handlers ?? {}).flatMap(([key, handler]) => (audienceOf(handler) === 'everyone' ? [] : [key]));
}

/** A value that the client lets through for each type of option, by Discord's number. */
function valueFor(type: number, choices: readonly { value: string | number }[] = []): OptionValue {
  if (choices[0]) return choices[0].value;
  if (type === 4 || type === 10) return 1;
  if (type === 5) return true;
  if (type === 6) return town.moderator;
  if (type === 7) return town.guild.channels[0]!;
  if (type === 8) return town.guild.roles[0]!;
  return 'x';
}

interface Line {
  readonly typed: string;
  readonly options: readonly Option[];
}
interface Option {
  readonly name: string;
  readonly type: number;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
}

/** Every line that can be typed for a command, with its options. */
function linesOf(part: { name: string; options?: readonly object[] }, before = ''): Line[] {
  const typed = `${before}${part.name}`;
  const options = (part.options ?? []) as readonly (Option & { options?: readonly object[] })[];
  const deeper = options.filter(({ type }) => type === 1 || type === 2);
  return deeper.length > 0 ? deeper.flatMap((each) => linesOf(each, `${typed} `)) : [{ typed, options }];
}

function audienceOf(command: Command, line: Line): Audience {
  const handler = command.subcommands?.[line.typed.split(' ').slice(1).join(' ')];
  return typeof handler === 'object' ? handler.for : command.for;
}

const lines = commandBodies.flatMap((body) => {
  const command = commands.find(({ name }) => name === body.name)!;
  return linesOf(body as { name: string; options?: readonly object[] }).map((line) => ({
    ...line,
    audience: audienceOf(command, line),
  }));
});
const closed = lines.filter(({ audience }) => audience !== 'everyone');

describe('a member who is no moderator', () => {
  test.each(closed.map((line) => [line.typed, line] as const))('is refused /%s', async (typed, { options }) => {
    const given = Object.fromEntries(
      options.filter(({ required }) => required).map(({ name, type, choices }) => [name, valueFor(type, choices)]),
    );
    const answer = await member.slash(typed, given);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toMatch(refusal);
  });

  const typing = closed.flatMap(({ typed, options }) =>
    options.filter(({ autocomplete }) => autocomplete).map(({ name }) => [typed, name] as const),
  );
  test.each(typing)('is shown nothing while typing /%s %s', async (typed, option) => {
    for (const text of ['', 'a', 'x']) expect(await member.complete(typed, option, text)).toEqual([]);
  });

  const keyed = commands.flatMap((command) => [
    ...closedTo(command.buttons, command).map((key) => ['button', key] as const),
    ...closedTo(command.menus, command).map((key) => ['menu', key] as const),
    ...closedTo(command.modals, command).map((key) => ['modal', key] as const),
  ]);
  test.each(keyed)('is refused a %s %s that they made up', async (kind, key) => {
    const on = await member.slash('profile show');
    for (const args of forgedArgs) {
      const answer = await member.forge({
        kind,
        ...(on.message && kind !== 'modal' ? { on: on.message } : {}),
        customId: key + args,
      });
      expect(answer.text, key + args).toMatch(refusal);
    }
  });

  test('there is much that is closed to them', () => {
    expect(closed.length).toBeGreaterThan(20);
    expect(typing.length).toBeGreaterThan(5);
    expect(keyed.length).toBeGreaterThan(30);
  });
});

/** What no refusal says: that something broke, or what is inside. */
const broken = /went wrong|Error\b|undefined|\[object|at \/|SQLITE/;

describe('whoever makes up what is behind a button, menu or form that is for everyone', () => {
  const tables = ['mentorships', 'rests', 'requests', 'meetings', 'goals', 'check_ins', 'office_hours'] as const;
  let db: Db;
  let before: string;
  let ids: string[];
  const rows = async () => {
    const of = await Promise.all(tables.map(async (table) => await db.selectFrom(table).selectAll().execute()));
    return JSON.stringify(of);
  };
  beforeAll(async () => {
    await openPair(town);
    db = await openDatabase(town.database);
    const { id, request_id: request } = await db.selectFrom('mentorships').selectAll().executeTakeFirstOrThrow();
    ids = [id, request ?? ''];
    before = await rows();
  });
  afterAll(() => db.destroy());

  const open = commands.flatMap((command) =>
    (['buttons', 'menus', 'modals'] as const).flatMap((kind) => {
      const closedKeys = closedTo(command[kind], command);
      return Object.keys(command[kind] ?? {}).flatMap((key) =>
        closedKeys.includes(key) ? [] : [[kind, key] as const],
      );
    }),
  );
  const kindOf = { buttons: 'button', menus: 'menu', modals: 'modal' } as const;

  test.each(open)('%s: %s answers them alone, in plain words', async (kind, key) => {
    const on = (await stranger.slash('profile show')).message;
    // Nobody's, and those of two others.
    for (const args of ['', ':x:1', ...ids.map((id) => `:${id}:x`)]) {
      const answer = await stranger.forge({
        kind: kindOf[kind],
        ...(on && kind !== 'modals' ? { on } : {}),
        customId: key + args,
        ...(kind === 'menus' ? { values: ['x'] } : {}),
      });
      if (answer.kind === 'modal') continue;
      expect(answer.ephemeral, key + args).toBe(true);
      expect(answer.text, key + args).not.toMatch(broken);
    }
  });

  test('and changes nothing of anybody’s', async () => {
    expect(open.length).toBeGreaterThan(100);
    expect(JSON.parse(before)[0]).toHaveLength(1);
    expect(await rows()).toBe(before);
  });
});

test('every key that a card can carry has its handler, in the command whose name it begins with', () => {
  const declared = Object.entries(keys).map(
    ([name, ofCommand]) => [name, Object.values(ofCommand).toSorted()] as const,
  );
  const handled = commands.map(
    ({ name, buttons, menus, modals }) =>
      [name, [buttons, menus, modals].flatMap((each) => Object.keys(each ?? {})).toSorted()] as const,
  );
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(handled.filter(([, each]) => each.length > 0)));
  for (const [name, ofCommand] of declared) for (const key of ofCommand) expect(key).toMatch(new RegExp(`^${name}-`));
});
