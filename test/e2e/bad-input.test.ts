import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { ask, buttonId, type Community, openCommunity, register, requestAt, speaksOf } from '../support/play.ts';

let community: Community;
let mentor: Actor;
beforeAll(async () => {
  community = await openCommunity();
  mentor = await community.mentor('Ada', { stage: 'resident', capacity: 5 });
});
afterAll(() => community.close());

/** A refusal that only the person sees, that says something, and is no "something went wrong". */
function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

describe('registering', () => {
  test('with a zone that does not exist names zones that do, and registers nobody', async () => {
    const person = community.guild.join({ name: 'Nowhere' });
    expectRefusal(await person.slash('register mentee', { timezone: 'Karachee' }), /zone/i);
    expectRefusal(await person.slash('profile show'), /register/i);
  });

  test('with a capacity out of range is not possible', async () => {
    const person = community.guild.join({ name: 'Hero' });
    await expect(person.slash('register mentor', { timezone: 'Asia/Karachi', capacity: 99 })).rejects.toThrow();
    await expect(person.slash('register mentor', { timezone: 'Asia/Karachi', capacity: 0 })).rejects.toThrow();
  });

  test('with forged values in the form changes nothing', async () => {
    const person = community.guild.join({ name: 'Forger' });
    await register(person, 'mentee', {});
    const edit = await person.slash('profile edit');
    const answer = await person.forge({
      kind: 'modal',
      customId: edit.modal?.custom_id ?? '',
      fields: { specialties: 'wizardry', stage: 'archmage', languages: 'xx', topics: 'gold', about: 'x'.repeat(5_000) },
    });
    expect(answer.ephemeral).toBe(true);
    expect((await person.slash('profile show')).text).not.toMatch(/wizardry|archmage/);
  });

  test('with @everyone and a masked link in "About you" shows them harmless and pings nobody', async () => {
    const about = '@everyone look [here](https://example.com/steal) # BIG\n> quoted';
    const mentee = await community.mentee('Loud', { about });
    await ask(mentee, mentor);
    const request = await requestAt(community, mentor, mentee);
    expect(request.mention_everyone).toBe(false);
    expect(request.mentions.map((user) => user.id)).not.toContain('everyone');
    const shown = JSON.stringify(request.embeds);
    expect(shown).not.toContain('[here](https://example.com/steal)');
  });

  test('as a mentor who is still a student says kindly what is missing', async () => {
    const person = community.guild.join({ name: 'Early' });
    const answer = await register(person, 'mentor', { stage: 'student' });
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toMatch(/student|stage/i);
  });
});

describe('asking', () => {
  test('oneself, somebody unregistered, a bot, or somebody who left each gets its own clear answer', async () => {
    const mentee = await community.mentee('Asker');
    const unregistered = community.guild.join({ name: 'Plain' });
    const left = community.guild.join({ name: 'Left' });
    left.leave();
    expectRefusal(await ask(mentee, mentee), /yourself/i);
    expectRefusal(await ask(mentee, unregistered), /mentor/i);
    expectRefusal(
      await mentee.slash('mentor request', { member: { id: left.id, name: 'Left' } }),
      /server|member|mentor/i,
    );
    expectRefusal(
      await mentee.slash('mentor request', { member: { id: community.sandbox.botUserId, name: 'Preceptor' } }),
      /bot|mentor/i,
    );
  });

  test('twice says that the first request is still waiting', async () => {
    const mentee = await community.mentee('Twice');
    await ask(mentee, mentor);
    expectRefusal(await ask(mentee, mentor), /already/i);
  });

  test('without a profile says how to register', async () => {
    const person = community.guild.join({ name: 'Unready' });
    expectRefusal(await ask(person, mentor), /\/register mentee/);
    expectRefusal(await person.slash('mentor find'), /\/register mentee/);
  });

  test('a mentor at one’s own stage, a paused or a full one each says why', async () => {
    const peer = await community.mentor('Peer', { stage: 'applying' });
    const paused = await community.mentor('Paused');
    const full = await community.mentor('Full', { capacity: 1 });
    const first = await community.mentee('First');
    await ask(first, full);
    await full.press('Accept', await requestAt(community, full, first));
    await paused.slash('profile pause');
    const mentee = await community.mentee('Chooser', { stage: 'applying' });
    expectRefusal(await ask(mentee, peer), /stage|road|ahead/i);
    expectRefusal(await ask(mentee, paused), /pause|not taking/i);
    expectRefusal(await ask(mentee, full), /full|free place|no place/i);
  });

  test('with a message of mass mentions arrives harmless', async () => {
    const mentee = await community.mentee('Masses');
    await ask(mentee, mentor, '@everyone @here <@&1> please');
    const request = await requestAt(community, mentor, mentee);
    expect(request.mention_everyone).toBe(false);
    expect(request.mention_roles).toHaveLength(0);
  });
});

describe('forged ids', () => {
  test('of buttons that never were get a helpful answer and no stack', async () => {
    const person = community.guild.join({ name: 'Mallory' });
    await person.slash('inbox');
    for (const customId of [
      'request-accept:nonsense',
      'request-withdraw:000000000000',
      'inbox-read:zzz',
      'find-request:123',
    ]) {
      const answer = await person.forge({ kind: 'button', customId });
      expect(answer.ephemeral, customId).toBe(true);
      expect(answer.text, customId).not.toMatch(/went wrong|Error|at \//);
    }
  });

  test("of the moderators' buttons are refused to members", async () => {
    const waiting = community.guild.join({ name: 'Waiting' });
    await register(waiting, 'mentor', { stage: 'resident' });
    const staff = community.guild.channels.find((channel) => channel.name.includes('staff'));
    const card = await community.sandbox.until('the card', () =>
      community.moderator
        .messages(staff?.id ?? '')
        .find((m) => speaksOf(m, waiting) && (m.components?.length ?? 0) > 0),
    );
    const refused = await waiting.forge({ kind: 'button', customId: buttonId(card, 'Verify') });
    expectRefusal(refused, /moderator/i);
  });
});
