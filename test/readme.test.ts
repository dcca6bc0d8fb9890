import { readFileSync } from 'node:fs';
import { ApplicationCommandOptionType } from 'discord.js';
import { expect, test } from 'vitest';
import { commandBodies } from './support/commands.ts';
import { invitePermissions } from '../src/discord/permissions.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

test('the invite link in the README asks for exactly the permissions that the bot uses', () => {
  expect(/&permissions=(\d+)/.exec(readme)?.[1]).toBe(String(invitePermissions));
});

test('the README names every command and subcommand', () => {
  for (const { name, options = [] } of commandBodies) {
    const row = readme
      .split('\n')
      .filter((line) => line.includes(`/${name}`))
      .join('\n');
    expect(row, name).not.toBe('');
    for (const option of options) {
      if (option.type !== ApplicationCommandOptionType.Subcommand) continue;
      expect(row, `/${name} ${option.name}`).toContain(option.name);
    }
  }
});

test('every npm script that the README tells people to run exists', () => {
  const named = [...readme.matchAll(/`npm (?:run )?([a-z:-]+)|^npm ci && npm (?:run )?([a-z:-]+)/gm)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  expect(named).toEqual(expect.arrayContaining(['demo', 'test']));
  for (const name of new Set(named)) expect(['ci', ...Object.keys(scripts)], name).toContain(name);
});
