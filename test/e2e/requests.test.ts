import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, buttonId, type Community, day, openCommunity, requestAt } from '../support/play.ts';

let community: Community;
beforeAll(async () => {
  community = await openCommunity();
});
afterAll(() => community.close());

const until = <T>(what: string, condition: () => T | undefined | false | null) =>
  community.sandbox.until(what, condition);
const requestFrom = (mentee: Actor, mentor: Actor) => requestAt(community, mentor, mentee);

describe('a decline', () => {
  test('goes on to the next choice by itself, and the mentee reads why and where it went', async () => {
    const first = await community.mentor('First');
    const second = await community.mentor('Second');
    const mentee = await community.mentee('Cascade');
    await ask(mentee, first);
    const queued = await ask(mentee, second);
    expect(queued.text).toMatch(/next|queue/i);
    expect(second.dms().some((m) => JSON.stringify(m).includes(mentee.id))).toBe(false);

    const form = await first.press('Decline', await requestFrom(mentee, first));
    expect(form.kind).toBe('modal');
    await first.submit({ Reason: ['no-place'] });
    await requestFrom(mentee, second);
    await until('the word to the mentee', () =>
      mentee.dms().some((m) => /next choice, Second, has been asked/.test(JSON.stringify(m))),
    );
  });

  test('of the last choice puts the mentee on the waitlist and says so', async () => {
    const mentor = await community.mentor('Only');
    const mentee = await community.mentee('Last');
    await ask(mentee, mentor);
    await mentor.press('Decline', await requestFrom(mentee, mentor));
    await mentor.submit({ Reason: ['not-my-area'] });
    const word = await until('the word to the mentee', () => mentee.dms().at(-1));
    expect(JSON.stringify(word)).toMatch(/waitlist/i);
  });
});

describe('time', () => {
  test('an unanswered request is nudged on day three and a day before its end, then expires; the mentee is told each time once', async () => {
    const mentor = await community.mentor('Silent');
    const mentee = await community.mentee('Patient');
    await ask(mentee, mentor);
    const request = await requestFrom(mentee, mentor);
    const nudges = () =>
      mentor.dms().filter((m) => m.id !== request.id && JSON.stringify(m).includes(mentee.id)).length;
    await community.pass(3 * day);
    await until('the first nudge', () => nudges() === 1);
    await community.pass(3 * day);
    await until('the second nudge', () => nudges() === 2);
    await community.pass(1 * day);
    await until('the word to the mentee', () =>
      mentee.dms().some((m) => /has not answered in time/.test(JSON.stringify(m))),
    );
    await until('no buttons left', () => mentor.dms().find((m) => m.id === request.id)?.components?.length === 0);
    expect(nudges()).toBe(2);

    const late = await mentor.forge({ customId: buttonId(request, 'Accept'), kind: 'button', on: request });
    expect(late.text).toMatch(/expired/i);
  });
});

describe('races', () => {
  test('two mentees, one place, both accepted at once: one has a mentor, the other reads why', async () => {
    const mentor = await community.mentor('Wanted', { capacity: 1 });
    const [a, b] = [await community.mentee('Racer A'), await community.mentee('Racer B')];
    await ask(a, mentor);
    await ask(b, mentor);
    const [fromA, fromB] = [await requestFrom(a, mentor), await requestFrom(b, mentor)];
    await Promise.all([mentor.press('Accept', fromA), mentor.press('Accept', fromB)]);

    const threads = () => community.guild.threads().filter((t) => t.memberIds.includes(mentor.id));
    // The bot, and both of the pair.
    await until('the thread', () => threads().length === 1 && threads()[0]?.memberIds.length === 3);
    const winner = threads()[0]?.memberIds.includes(a.id) ? a : b;
    const loser = winner === a ? b : a;
    await until('the word to the one who has no place', () => loser.dms().length > 0);
    await community.bot.settled();
    expect(threads()).toHaveLength(1);
    expect(threads()[0]?.memberIds).not.toContain(loser.id);
  });

  test('a mentor who presses Accept twice at once has one mentorship and one thread', async () => {
    const mentor = await community.mentor('Eager', { capacity: 3 });
    const mentee = await community.mentee('Once');
    await ask(mentee, mentor);
    const request = await requestFrom(mentee, mentor);
    await Promise.all([mentor.press('Accept', request), mentor.press('Accept', request)]);
    await until('the thread', () => community.guild.threads().some((t) => t.memberIds.includes(mentee.id)));
    await community.bot.settled();
    expect(community.guild.threads().filter((t) => t.memberIds.includes(mentee.id))).toHaveLength(1);
  });

  test('a mentee who asks the same mentor twice at once has one request', async () => {
    const mentor = await community.mentor('Popular', { capacity: 2 });
    const mentee = await community.mentee('Double');
    await Promise.all([ask(mentee, mentor), ask(mentee, mentor)]);
    await requestFrom(mentee, mentor);
    await community.bot.settled();
    expect(mentor.dms().filter((m) => JSON.stringify(m).includes(mentee.id))).toHaveLength(1);
  });
});

describe('somebody else', () => {
  test("a stranger who forges another's Accept is refused and nothing changes", async () => {
    const mentor = await community.mentor('Mine');
    const mentee = await community.mentee('Hers');
    const stranger = community.guild.join({ name: 'Mallory' });
    await ask(mentee, mentor);
    const request = await requestFrom(mentee, mentor);
    await stranger.slash('inbox');
    const refused = await stranger.forge({ customId: buttonId(request, 'Accept'), kind: 'button' });
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).not.toContain(mentee.id);
    expect(community.guild.threads().some((t) => t.memberIds.includes(mentee.id))).toBe(false);
    await mentor.press('Accept', request);
    await until('the thread', () => community.guild.threads().some((t) => t.memberIds.includes(mentee.id)));
  });
});
