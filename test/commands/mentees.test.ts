import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let hamza: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  hamza = town.guild.join({ name: 'Hamza' });
  await register(hamza, 'mentor', { stage: 'resident', capacity: 3 });
  await verify(town, hamza);
});
afterAll(() => town.close());

async function mentee(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentee', { stage: 'applying' });
  return actor;
}

async function deleteAll(who: Actor): Promise<void> {
  await who.press('Delete everything about me', await who.slash('profile delete'));
  await town.bot.tick();
}

const suspend = (member: Actor) => town.moderator.slash('mentees suspend', { member });
const lift = (member: Actor) => town.moderator.slash('mentees lift', { member });

describe('/mentees', () => {
  test('stops a mentee, who is told, and whose requests go; deleting everything does not undo it, and lifting does', async () => {
    const sana = await mentee('Sana');
    await ask(sana, hamza);
    await town.bot.tick();
    expect((await suspend(sana)).text).toContain('suspended as a mentee');
    await town.bot.tick();
    expect(sana.dms().at(-1)?.embeds?.[0]?.title).toBe('You are suspended as a mentee');
    expect((await sana.slash('mentor requests')).text).toContain('no request under way');
    expect((await sana.slash('mentor find')).text).toContain('suspended you as a mentee');
    expect((await sana.slash('mentor request', { member: hamza })).text).toContain('suspended you as a mentee');
    expect((await sana.slash('profile show')).text).toContain('Suspended by a moderator');
    expect((await suspend(sana)).text).toContain('suspended as a mentee already');
    await deleteAll(sana);
    await register(sana, 'mentee', {});
    expect((await sana.slash('mentor find')).text).toContain('suspended you as a mentee');
    expect((await lift(sana)).text).toContain('not suspended any more');
    await town.bot.tick();
    expect(sana.dms().at(-1)?.embeds?.[0]?.title).toBe('You can look for a mentor again');
    expect((await sana.slash('mentor find')).text).toContain(hamza.id);
    expect((await lift(sana)).text).toContain('is not suspended as a mentee');
    expect((await town.moderator.slash('audit', { member: sana })).text).toContain('look for a mentor again');
  });

  test('stops somebody who was quicker and has deleted everything, in both roles, and lets them again in both', async () => {
    const omar = await mentee('Omar');
    await deleteAll(omar);
    expect((await suspend(omar)).text).toContain('Should they register, they are suspended');
    await register(omar, 'mentee', {});
    await register(omar, 'mentor', { stage: 'resident' });
    const shown = (await omar.slash('profile show')).text;
    expect(shown.match(/Suspended by a moderator/g)).toHaveLength(2);
    const noor = await mentee('Noor');
    await deleteAll(noor);
    await suspend(noor);
    expect((await lift(noor)).text).toContain('not suspended any more');
    await register(noor, 'mentee', {});
    await register(noor, 'mentor', { stage: 'resident' });
    expect((await noor.slash('profile show')).text).not.toContain('Suspended by a moderator');
  });

  test('ends the mentorship, or lets it rest until they are lifted: the moderator chooses, and both hear it in neutral words', async () => {
    const paired = async (name: string) => {
      const actor = await mentee(name);
      await ask(actor, hamza);
      await hamza.press('Accept', await requestAt(town, hamza, actor));
      await town.bot.tick();
      return actor;
    };
    const [ended, resting] = [await paired('Ended'), await paired('Resting')];
    expect((await suspend(ended)).text).toMatch(/mentorship with .* has ended/);
    const chosen = await town.moderator.slash('mentees suspend', { member: resting, mentorships: 'rest' });
    expect(chosen.text).toMatch(/mentorship with .* rests until you lift the suspension/);
    await town.bot.tick();
    expect((await ended.slash('mentorship show')).text).not.toContain(hamza.id);
    expect((await resting.slash('mentorship show')).text).toContain('At rest');
    const told = hamza.dms().map(({ embeds }) => embeds[0]?.title ?? '');
    expect(told.filter((title) => /mentorship/i.test(title))).not.toEqual([]);
    expect(told.join()).not.toContain('suspended');
    // The mentor's own review is not undone by lifting the mentee.
    await town.moderator.slash('mentors suspend', { member: hamza, mentorships: 'rest' });
    await lift(resting);
    expect((await resting.slash('mentorship show')).text).toContain('At rest');
    await verify(town, hamza);
    expect((await resting.slash('mentorship show')).text).not.toContain('At rest');
  });

  test('is for moderators, and not about bots', async () => {
    const sana = await mentee('Sana the second');
    town.guild.openCommand('mentees');
    expect((await sana.slash('mentees suspend', { member: hamza })).text).toMatch(/moderators/i);
  });
});
