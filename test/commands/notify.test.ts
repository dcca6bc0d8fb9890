import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { PermissionFlagsBits } from 'discord.js';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let imani: Actor;
let noor: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  imani = town.moderator;
  noor = town.guild.join({ name: 'Noor' });
});
afterAll(() => town.close());

const roleNamed = (name: string) => town.guild.roles.filter((role) => role.name === name);
const has = (name: string) => town.guild.rolesOf(noor).includes(roleNamed(name)[0]?.id ?? '?');

describe('/notify', () => {
  test('says who can offer what is missing, and shows members no button for it', async () => {
    const panel = await noor.slash('notify');
    expect(panel.ephemeral).toBe(true);
    expect(panel.text).toMatch(/Tips:\*\* not offered/);
    expect(panel.text).toMatch(/A moderator can offer/);
    expect(panel.message?.components).toEqual([]);
  });

  test('lets a moderator offer a role without permissions, once, also when two do so at the same time', async () => {
    const second = town.guild.join({ name: 'Second moderator', permissions: PermissionFlagsBits.ManageGuild });
    const panels = await Promise.all([imani.slash('notify'), second.slash('notify')]);
    await Promise.all([imani.press('Offer Tips', panels[0]), second.press('Offer Tips', panels[1])]);
    expect(roleNamed('Notify: Tips')).toHaveLength(1);
    await imani.press('Offer Study prompts', await imani.slash('notify'));
    await town.sandbox.until('the word about it', () =>
      JSON.stringify(imani.ephemerals()).includes('It has no permissions'),
    );
    const created = town.sandbox.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/roles'));
    const bodies = created.map(({ body }) => body as { name: string; permissions?: string });
    const mine = bodies.filter(({ name }) => name.startsWith('Notify'));
    expect(mine.map(({ name, permissions }) => [name, permissions])).toEqual([
      ['Notify: Tips', '0'],
      ['Notify: Study prompts', '0'],
    ]);
  });

  test('lets the schedules of the set-up notify it', async () => {
    expect((await imani.slash('schedule list')).text).toContain(`notifies <@&${roleNamed('Notify: Tips')[0]?.id}>`);
  });

  test('turns on and off, shows at once what was chosen, and the role follows; also after a restart', async () => {
    const panel = await noor.slash('notify');
    expect(panel.text).toMatch(/Tips: off/);
    const on = await noor.press('Tips: turn on', panel);
    expect(on.kind).toBe('update');
    expect(on.text).toMatch(/Tips: on/);
    expect(on.text).toMatch(/Study prompts: off/);
    await town.sandbox.until('the role', () => has('Notify: Tips'));
    await town.bot.stop();
    await town.start();
    expect((await noor.slash('notify')).text).toMatch(/Tips: on/);
    expect((await noor.press('Tips: turn off')).text).toMatch(/Tips: off/);
    await town.sandbox.until('the role to go', () => !has('Notify: Tips'));
  });

  test('pressed twice wants the same', async () => {
    const panel = await noor.slash('notify');
    const id = 'notify-choose:prompts:on';
    const on = panel.message;
    await Promise.all([1, 2].map(() => noor.forge({ kind: 'button', ...(on && { on }), customId: id })));
    expect((await noor.slash('notify')).text).toMatch(/Study prompts: on/);
    await town.sandbox.until('the role', () => has('Notify: Study prompts'));
  });

  test('pressed again and again costs Discord few requests, and ends with what was chosen last', async () => {
    const hasty = town.guild.join({ name: 'Hasty' });
    const hastyHas = () => town.guild.rolesOf(hasty).includes(roleNamed('Notify: Tips')[0]?.id ?? '?');
    const before = town.sandbox.requests.length;
    const on = (await hasty.slash('notify')).message;
    const asked = () =>
      town.sandbox.requests.slice(before).filter(({ path }) => path.includes(`/members/${hasty.id}`)).length;
    for (let i = 0; i < 40; i += 1) {
      const wish = i % 2 === 0 ? 'on' : 'off';
      const panel = await hasty.forge({ kind: 'button', ...(on && { on }), customId: `notify-choose:tips:${wish}` });
      expect(panel.text).toMatch(wish === 'on' ? /Tips: on/ : /Tips: off/);
    }
    await hasty.forge({ kind: 'button', ...(on && { on }), customId: 'notify-choose:tips:on' });
    town.sandbox.clock.advance(60_000);
    await town.bot.tick();
    await town.sandbox.until('the role that was chosen last', hastyHas);
    expect(asked()).toBeLessThan(15);
  });

  test('gives nothing that is not offered, and offers nothing for members', async () => {
    const on = (await noor.slash('notify')).message;
    const forge = (customId: string) => noor.forge({ kind: 'button', ...(on && { on }), customId });
    expect((await forge('notify-choose:deadlines:on')).text).toMatch(/no longer offers that/);
    expect((await forge('notify-choose:moderator:on')).text).toMatch(/has changed since/);
    expect((await forge('notify-offer:deadlines')).text).toMatch(/moderators/i);
    expect(roleNamed('Notify: Deadlines')).toEqual([]);
  });

  test('refuses a role of that name that would hand out power', async () => {
    town.guild.createRole({ name: 'Notify: Announcements', permissions: PermissionFlagsBits.ManageMessages });
    await imani.press('Offer Announcements', await imani.slash('notify'));
    await town.sandbox.until('the refusal', () =>
      JSON.stringify(imani.ephemerals()).includes('moderating permissions'),
    );
    expect((await noor.slash('notify')).text).toMatch(/Announcements:\*\* not offered/);
  });
});
