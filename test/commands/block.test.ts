import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, isOpenRequest, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

async function mentor(name: string, stage = 'resident'): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentor', { stage, capacity: 2, languages: ['en'] });
  await verify(town, actor);
  await town.bot.tick();
  return actor;
}

async function mentee(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentee', { stage: 'applying', languages: ['en'] });
  await town.bot.tick();
  return actor;
}

/** What somebody reads, with another's name for all names. */
const anonymous = (text: string | undefined, ...people: readonly Actor[]) =>
  people
    .reduce((words, { id, name }) => words.replaceAll(id, 'ID').replaceAll(name, 'NAME'), text ?? '')
    // The two wait one behind the other, and the first may read of it before the second waits.
    .replaceAll(/number \d of \d/g, 'number N of N');

describe('/block', () => {
  test('is told to whoever does it and to nobody else, and is taken back', async () => {
    const hamza = await mentor('Hamza');
    const sana = await mentee('Sana');
    const heard = sana.dms().length;
    const blocked = await hamza.slash('block add', { member: sana });
    expect(blocked.ephemeral).toBe(true);
    expect(blocked.text).toContain('is blocked');
    expect((await sana.slash('mentor find')).text).not.toContain(hamza.id);
    expect((await sana.slash('profile show', { member: hamza })).text).toContain('no profile here that you could see');
    expect((await hamza.slash('block list')).text).toContain(sana.id);
    expect((await hamza.slash('block add', { member: sana })).text).toContain('already blocked');
    expect((await hamza.slash('block remove', { member: sana })).text).toContain('not blocked any more');
    expect((await hamza.slash('block remove', { member: sana })).text).toContain('have not blocked');
    expect((await hamza.slash('block list')).text).toContain('blocked nobody');
    expect((await sana.slash('mentor find')).text).toContain(hamza.id);
    await town.bot.tick();
    expect(sana.dms()).toHaveLength(heard);
  });

  test('is in the menu of a member', async () => {
    const nour = await mentor('Nour');
    const omar = await mentee('Omar');
    expect((await nour.contextMenu('Block in Preceptor', omar)).text).toContain('is blocked');
    expect((await nour.slash('block list')).text).toContain(omar.id);
    expect((await nour.contextMenu('Block in Preceptor', nour)).text).toContain('cannot block yourself');
  });

  test('closes what was asked, and reads, shows and is timed to the blocked one exactly like a pause', async () => {
    const [blocker, pauser] = [await mentor('Blocker'), await mentor('Pauser')];
    const [one, other] = [await mentee('One'), await mentee('Other')];
    await ask(one, blocker);
    await ask(other, pauser);
    await town.bot.tick();
    const before = [one.dms().length, other.dms().length];
    expect((await blocker.slash('block add', { member: one })).text).toContain(
      'request between the two of you is closed',
    );
    await pauser.slash('profile pause');
    await town.bot.tick();
    const dms = [one.dms().slice(before[0]), other.dms().slice(before[1])].map((messages) =>
      messages.map(({ embeds }) =>
        anonymous(JSON.stringify([embeds?.[0]?.title, embeds?.[0]?.description]), blocker, pauser),
      ),
    );
    expect(dms[0]).toHaveLength(1);
    expect(dms[0]).toEqual(dms[1]);
    const read = async (who: Actor, command: string, options: Record<string, Actor> = {}) =>
      anonymous((await who.slash(command, options)).text, blocker, pauser).replaceAll(/<t:\d+/g, '<t:T');
    expect(await read(one, 'mentor request', { member: blocker })).toBe(
      await read(other, 'mentor request', { member: pauser }),
    );
    expect(await read(one, 'profile show', { member: blocker })).toBe(
      await read(other, 'profile show', { member: pauser }),
    );
    expect(await read(one, 'mentor requests')).toBe(await read(other, 'mentor requests'));
    // Both cards of the mentors' are closed alike.
    expect(requestCards(blocker, one)).toBe(requestCards(pauser, other));
  });

  const requestCards = (who: Actor, of: Actor) =>
    who.dms().filter((message) => JSON.stringify(message).includes(of.id) && isOpenRequest(message)).length;

  test('by the mentee withdraws their request, and offers to end a mentorship that runs', async () => {
    const rania = await mentor('Rania');
    const yusuf = await mentee('Yusuf');
    await ask(yusuf, rania);
    await town.bot.tick();
    await rania.press('Accept', await requestAt(town, rania, yusuf));
    await town.bot.tick();
    const blocked = await yusuf.slash('block add', { member: rania });
    expect(blocked.text).toContain('goes on until one of you ends it');
    expect((await yusuf.slash('mentorship show')).text).toContain(rania.id);
    await yusuf.press('End the mentorship', blocked);
    expect((await yusuf.slash('mentorship show')).text).not.toContain(rania.id);
    const amal = await mentor('Amal');
    await ask(yusuf, amal);
    await town.bot.tick();
    await yusuf.slash('block add', { member: amal });
    expect((await yusuf.slash('mentor requests')).text).toContain('no request under way');
  });

  test('refuses oneself, a bot, and one more than fifty, and names what is wrong', async () => {
    const zara = await mentee('Zara');
    expect((await zara.slash('block add', { member: zara })).text).toContain('cannot block yourself');
    const bot = { id: town.sandbox.botUserId, name: 'Preceptor' };
    expect((await zara.slash('block add', { member: bot })).text).toContain('That is a bot');
    expect((await zara.slash('block list')).text).toContain('blocked nobody');
    for (let i = 0; i < 50; i += 1) await zara.slash('block add', { member: town.guild.join({ name: `N${i}` }) });
    const list = await zara.slash('block list');
    expect(list.text.match(/since/g)).toHaveLength(50);
    const last = town.guild.join({ name: 'The fifty-first' });
    expect((await zara.slash('block add', { member: last })).text).toContain('50 members');
    expect((await zara.slash('block list')).text).not.toContain(last.id);
  });
});
