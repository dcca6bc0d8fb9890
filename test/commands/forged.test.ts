import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { commands } from '../../src/commands/index.ts';
import { register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** Whoever is no moderator makes up what only moderators are shown: every button and form there is, by its key. */
let town: Town;
let member: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  member = town.guild.join({ name: 'Mallory' });
  await register(member, 'mentee', { languages: ['en'] });
});
afterAll(() => town.close());

const forModerators = commands.filter(({ data }) => data.toJSON().default_member_permissions === '32');

/** Changes nothing, and says so. */
const harmless = ['schedule-keep'];

test.each(forModerators.map((command) => [command.data.name, command] as const))(
  'no button and no form of /%s does anything for a member who makes it up',
  async (_, { buttons = {}, modals = {} }) => {
    const on = await member.slash('profile show');
    for (const key of Object.keys(buttons).filter((each) => !harmless.includes(each))) {
      for (const args of ['', ':x', ':x:1', ':0:0:0', ':tip:x']) {
        const answer = await member.forge({
          kind: 'button',
          ...(on.message ? { on: on.message } : {}),
          customId: key + args,
        });
        expect(answer.text, key + args).toMatch(/moderators/i);
      }
    }
    for (const key of Object.keys(modals)) {
      const answer = await member.forge({ kind: 'modal', customId: `${key}:x:1` });
      expect(answer.text, key).toMatch(/moderators/i);
    }
  },
);
