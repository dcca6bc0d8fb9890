import { afterEach, describe, expect, test } from 'vitest';
import type { APIMessage } from '../../sandbox/api.ts';
import { ask, register, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

const hour = 3_600_000;
let town: Town;
afterEach(() => town.close());

const shown = (message: APIMessage | undefined) => JSON.stringify(message ?? '');
const slash = /`\/|"\/[a-z]/;

describe('what somebody writes to the bot', () => {
  test('gets one answer an hour, with the way home', async () => {
    town = await openTown({ setUp: true });
    const amara = town.guild.join({ name: 'Amara' });
    await register(amara, 'mentee', {});
    const before = amara.dms().length;
    amara.say('dm', 'Is anybody there? xyzzy');
    amara.say('dm', 'Hello?');
    const answer = await town.sandbox.until('an answer', () =>
      amara.dms().find((message) => shown(message).includes('neither read nor kept')),
    );
    expect(shown(answer)).not.toMatch(slash);
    town.sandbox.clock.advance(hour / 2);
    amara.say('dm', 'And now?');
    const home = await amara.press('Open my home in IMG Commons', answer);
    expect(home.text).toContain('You have asked nobody yet');
    expect(home.text).not.toMatch(slash);
    const answers = () => amara.dms().filter(({ author }) => author.id === town.sandbox.botUserId).length;
    expect(answers()).toBe(before + 1);
    town.sandbox.clock.advance(hour);
    amara.say('dm', 'Once more');
    await town.sandbox.until('another answer', () => answers() === before + 2);
  });

  test('from somebody unknown gets an answer that names no button it has not', async () => {
    town = await openTown({ setUp: true });
    const stranger = town.guild.join({ name: 'Nia' });
    stranger.say('dm', 'Hi');
    const answer = await town.sandbox.until('an answer', () =>
      stranger.dms().find(({ author }) => author.id === town.sandbox.botUserId),
    );
    expect(shown(answer)).toContain('I work inside of servers');
    expect(answer.components).toEqual([]);
  });
});

describe('a button below a direct message', () => {
  test('does in the server what it says, also through a form, and nothing for whoever has left', async () => {
    town = await openTown({ setUp: true });
    const mentor = town.guild.join({ name: 'Hamza' });
    await register(mentor, 'mentor', { stage: 'resident' });
    await verify(town, mentor);
    const verified = await town.sandbox.until('the letter', () =>
      mentor.dms().find((message) => shown(message).includes('verified as a mentor')),
    );
    expect(shown(verified)).not.toMatch(slash);
    await mentor.press('Edit my profile', verified);
    const saved = await mentor.submit({ 'About you': 'Fifteen years of night shifts.' });
    expect(saved.text).toContain('up to date');
    const paused = await mentor.press('Stop new requests', verified);
    expect(paused.text).toContain('You are paused');
    expect((await mentor.press('Resume now', paused)).text).toContain('Welcome back');

    const mentee = town.guild.join({ name: 'Sana' });
    await register(mentee, 'mentee', { stage: 'applying' });
    await ask(mentee, mentor);
    const asked = await town.sandbox.until('the request', () =>
      mentor.dms().find((message) => shown(message).includes('Accept Sana')),
    );
    await mentor.press('Decline Sana', asked);
    await mentor.submit({ Reason: ['away'] });
    const declined = await town.sandbox.until('the answer', () =>
      mentee.dms().find((message) => shown(message).includes('cannot be your mentor')),
    );
    expect(shown(declined)).not.toMatch(slash);
    expect((await mentee.press('Find a mentor', declined)).text).toContain('Nobody can be suggested');
    mentee.leave();
    expect((await mentee.press('Find a mentor', declined)).text).toContain('no longer in that server');
    const forged = await mentee.forge({ kind: 'button', on: declined, customId: 'setup-show-check@zzz' });
    expect(forged.text).toContain('no longer in that server');
  });

  test('that is for moderators asks Discord whether whoever presses it is one', async () => {
    town = await openTown({ setUp: true });
    const member = town.guild.join({ name: 'Mallory' });
    await register(member, 'mentee', {});
    member.say('dm', 'Hi');
    const answer = await town.sandbox.until('an answer', () =>
      member.dms().find(({ author }) => author.id === town.sandbox.botUserId),
    );
    const place = /home-open@([0-9a-z]+)/.exec(shown(answer))?.[1] ?? '';
    const forged = await member.forge({ kind: 'button', on: answer, customId: `setup-show-check@${place}` });
    expect(forged.text).toContain('Only moderators');
  });
});

describe('whoever brings the bot into a server', () => {
  test('is greeted once with the first step, which works from there', async () => {
    town = await openTown({ setUp: true });
    const other = town.sandbox.createGuild({ name: 'Second Ward' });
    const owner = await town.sandbox.until('the greeting', () =>
      town.sandbox.requests.find(
        ({ method, path, body }) =>
          method === 'POST' && path.endsWith('/messages') && JSON.stringify(body).includes('Second Ward'),
      ),
    );
    expect(JSON.stringify(owner.body)).toContain('setup-door@');
    expect(JSON.stringify(owner.body)).not.toMatch(slash);
    expect(JSON.stringify(owner.body)).toContain('please pass this on');
    expect(other.name).toBe('Second Ward');
  });

  test('while the bot was away is greeted at its next start, once', async () => {
    town = await openTown({ setUp: true });
    await town.bot.stop();
    town.sandbox.createGuild({ name: 'Night Shift' });
    const greetings = () =>
      town.sandbox.requests.filter(
        ({ method, path, body }) =>
          method === 'POST' && path.endsWith('/messages') && JSON.stringify(body).includes('Night Shift'),
      );
    await town.start();
    await town.bot.tick();
    expect(greetings()).toHaveLength(1);
    expect(JSON.stringify(greetings()[0]?.body)).toContain('setup-door@');
    await town.bot.tick();
    await town.bot.stop();
    await town.start();
    await town.bot.tick();
    expect(greetings()).toHaveLength(1);
  });
});
