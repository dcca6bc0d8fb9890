import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { ask, buttonId, register, requestAt, speaksOf, threadsOf, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** Everybody in a test looks for a specialty of its own, so that tests do not find each other's mentors. */
let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

type Answers = Parameters<typeof register>[2];

async function mentor(name: string, answers: Answers = {}): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentor', { stage: 'resident', ...answers });
  await verify(town, actor);
  return actor;
}

async function mentee(name: string, answers: Answers = {}): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentee', { stage: 'applying', ...answers });
  return actor;
}

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

const labels = ({ message }: Answer) =>
  (message?.components ?? []).flatMap((row) =>
    'components' in row ? row.components.flatMap((one) => ('label' in one && one.label ? [one.label] : [])) : [],
  );

describe('/mentor find', () => {
  test('never offers somebody their own mentor, nor a mentor their own mentee', async () => {
    const languages = ['am'];
    const own = await mentor('Wanjiru', { languages, capacity: 2 });
    const other = await mentor('Achieng', { languages });
    const learner = await mentee('Kamau', { languages });
    const offered = async (who: Actor) => JSON.stringify((await who.slash('mentor find')).message ?? {});
    expect(await offered(learner)).toContain(own.id);
    await ask(learner, own);
    const request = await requestAt(town, own, learner);
    await own.press('Accept Kamau', request);
    await town.sandbox.until('their thread', () => threadsOf(town, learner).length === 1);
    expect(await offered(learner)).not.toContain(`<@${own.id}>\n`);
    // The other way round: whom one looks after is not asked to look after oneself.
    await register(learner, 'mentor', { stage: 'resident', languages });
    await verify(town, learner);
    await register(own, 'mentee', { stage: 'applying', languages });
    const seen = await offered(own);
    expect(seen).toContain(other.id);
    expect(seen).not.toContain(learner.id);
    expect((await ask(own, learner)).text).toContain('never each other’s mentor');
  });

  test('shows mentors with reasons and a numbered button each; the button asks for a message and sends the request', async () => {
    const languages = ['ur'];
    const best = await mentor('Ada', { languages, specialties: ['neurology'], topics: ['visas', 'research'] });
    const other = await mentor('Bea', {
      languages,
      specialties: ['pathology'],
      topics: ['exams'],
      about: '# **Hi** @everyone',
    });
    const seeker = await mentee('Omar', { languages, specialties: ['neurology'], topics: ['visas', 'research'] });
    const found = await seeker.slash('mentor find');
    expect(found.ephemeral).toBe(true);
    const [first, second] = found.message?.embeds ?? [];
    expect(first?.description).toContain(`<@${best.id}>\nAlso in neurology · offers `);
    expect(second?.description).toContain(other.id);
    expect(second?.description).not.toContain('\n# **');
    expect(labels(found)).toEqual([
      expect.stringMatching(/^1 · Request/),
      expect.stringMatching(/^2 · Request/),
      'Join the waitlist',
      'How long is the wait?',
    ]);

    const form = await seeker.press('1 · Request', found);
    expect(form.kind).toBe('modal');
    const sent = await seeker.submit({ Message: 'A mock interview?' });
    expectRefusal(sent, /on its way/);
    expect(JSON.stringify(await requestAt(town, best, seeker))).toContain('A mock interview?');

    // The button that was pressed is stale now, and says so before anybody types.
    expectRefusal(await seeker.press('1 · Request', found), /already asked/);
    const again = await seeker.slash('mentor find');
    expect(again.text).toContain('two more choices');
    // Nothing that only holds for whoever has not asked anybody yet.
    expect(again.text).not.toContain('up to three');
    expect(again.text).not.toContain('suits you at the moment');
    expect(again.message?.embeds).toHaveLength(1);
  });

  test('without anybody who fits says why, and the waitlist can be joined and left', async () => {
    const lonely = await mentee('Lonely', { languages: ['ne'] });
    const found = await lonely.slash('mentor find');
    expectRefusal(found, /no language in common/);
    expect(found.text).toContain('you would be the first');
    expectRefusal(await lonely.press('Join the waitlist', found), /number 1 of 1/);
    expectRefusal(await lonely.press('Join the waitlist', found), /already on the waitlist/);
    const waiting = await lonely.slash('mentor find');
    expect(labels(waiting)).toEqual(['Leave the waitlist', 'How long is the wait?']);
    const wait = await lonely.press('How long is the wait?', waiting);
    expect(wait.text).toMatch(/You have been looking since/);
    expectRefusal(await lonely.press('Leave the waitlist', waiting), /off the waitlist/);
    expectRefusal(await lonely.press('Leave the waitlist', waiting), /not on the waitlist/);
  });

  test('shows who waits their place beside the mentors, and lets them leave the waitlist, also from their requests', async () => {
    await mentor('Dia', { languages: ['ta'] });
    const seeker = await mentee('Uma', { languages: ['ta'] });
    const found = await seeker.slash('mentor find');
    await seeker.press('Join the waitlist', found);
    const again = await seeker.slash('mentor find');
    expect(again.text).toMatch(/You are number \d+ of \d+ on the waitlist/);
    expect(labels(again)).toEqual([expect.stringMatching(/^1 · Request/), 'Leave the waitlist', 'How long is the wait?']); // prettier-ignore
    const requests = await seeker.slash('mentor requests');
    expectRefusal(await seeker.press('Leave the waitlist', requests), /off the waitlist/);
    expect(labels(await seeker.slash('mentor find'))).toContain('Join the waitlist');
  });

  test('is also behind the button of a new registration', async () => {
    const fresh = town.guild.join({ name: 'Fresh' });
    const registered = await register(fresh, 'mentee', { languages: ['ne'] });
    expectRefusal(await fresh.press('Find a mentor', registered), /no language in common/);
  });
});

describe('asking somebody who left without the bot hearing of it', () => {
  test('says so, and releases them for everybody else', async () => {
    const languages = ['fa'];
    const gone = await mentor('Gone', { languages });
    const [first, second] = [await mentee('First', { languages }), await mentee('Second', { languages })];
    await ask(first, gone);
    const found = await second.slash('mentor find');
    // Asked while they were there; a message to somebody who has left would be the first to notice.
    await town.sandbox.until('the request', () => gone.dms().some((message) => speaksOf(message, first)));
    gone.leave();
    expect((await second.press('1 · Request', found)).kind).toBe('modal');
    expectRefusal(await second.submit({ Message: 'Hello' }), /cannot find that person/);
    expectRefusal(await second.slash('mentor find'), /Nobody can be suggested/);
    await town.sandbox.until('the word to whoever was waiting', () => first.dms().length > 0);
  });
});

describe('/mentor requests', () => {
  test('of somebody who is not registered says how to', async () => {
    expectRefusal(await town.guild.join({ name: 'Nobody' }).slash('mentor requests'), /\/register mentee/);
  });

  test('shows a mentee what is under way in order and what came before, with a button to take each back', async () => {
    const languages = ['am'];
    const mentors = [
      await mentor('Ana', { languages }),
      await mentor('Ben', { languages }),
      await mentor('Cem', { languages }),
    ];
    const seeker = await mentee('Noor', { languages });
    expectRefusal(await seeker.slash('mentor requests'), /no request under way/);
    for (const one of mentors) await ask(seeker, one);
    const shown = await seeker.slash('mentor requests');
    const places = mentors.map((one) => shown.text.indexOf(one.id));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(labels(shown)).toEqual(['1 · Withdraw from Ana', '2 · Withdraw from Ben', '3 · Withdraw from Cem']);

    const withdrawn = await seeker.press('1 · Withdraw', shown);
    expect(withdrawn.kind).toBe('update');
    expect(withdrawn.text).toMatch(/is withdrawn[^]*next choice/);
    const [, ben] = mentors;
    if (!ben) throw new Error('no Ben');
    await requestAt(town, ben, seeker);
    expect((await seeker.slash('mentor requests')).text).toMatch(/Earlier[^]*withdrawn on/);
  });

  test('shows a mentor what waits for an answer, and the buttons answer it', async () => {
    const languages = ['ig'];
    const asked = await mentor('Dua', { languages, capacity: 2 });
    const [one, two] = [await mentee('Eli', { languages }), await mentee('Fay', { languages })];
    expectRefusal(await asked.slash('mentor requests'), /Nobody is waiting/);
    await ask(one, asked, 'Please @everyone');
    await ask(two, asked);
    const shown = await asked.slash('mentor requests');
    expect(labels(shown)).toEqual(['1 · Accept Eli', '1 · Decline Eli', '2 · Accept Fay', '2 · Decline Fay']);
    expectRefusal(await asked.press('1 · Accept', shown), /You have accepted[^]*1 free place/);
    expectRefusal(await asked.press('1 · Accept', shown), /already accepted/);
    expectRefusal(await asked.press('1 · Decline', shown), /already accepted/);
    await town.sandbox.until('the thread', () => threadsOf(town, asked).length === 1);
  });
});

describe('a mentor’s week', () => {
  test('full, lets a request wait: the mentee reads by when it is seen, and it arrives then', async () => {
    const languages = ['ne'];
    const busy = await mentor('Dr. Thapa', { languages, capacity: 3 });
    expect((await busy.slash('mentor limit', { most: 1 })).text).toMatch(/1 new request reaches you/);
    await ask(await mentee('Asha', { languages }), busy);
    const seeker = await mentee('Bina', { languages });
    expect((await seeker.slash('mentor find')).text).toContain('sees yours by');
    const waits = await seeker.slash('mentor request', { member: busy, message: 'Hello' });
    expect(waits.text).toMatch(/They take 1 new request a week.*You don’t have to wait/);
    for (const command of ['home', 'inbox', 'mentor requests'])
      expect((await seeker.slash(command)).text, command).toMatch(/week is full/);
    expect((await busy.slash('mentor requests')).text).toContain('1 more request waits for room in your weeks');
    // Pressed again, it says what there is.
    expectRefusal(await seeker.slash('mentor request', { member: busy }), /already one of your next choices/);
    const before = busy.dms().length;
    await town.bot.stop();
    await town.start();
    town.sandbox.clock.advance(7 * 86_400_000);
    await town.bot.tick();
    const card = await town.sandbox.until('the request', () => busy.dms().slice(before).find((one) => JSON.stringify(one).includes(seeker.id))); // prettier-ignore
    expect(JSON.stringify(card)).toContain('Accept');
    expect((await seeker.slash('mentor requests')).text).toMatch(/waits for an answer until/);
  });
});

describe('the season in which programs choose residents', () => {
  test('whoever asks a mentor who takes part reads it first, by button or command, and says that they do not apply there', async () => {
    const languages = ['ko'];
    const selecting = await mentor('Dr. Rao', { languages });
    const seeker = await mentee('Leena', { languages });
    const marked = await selecting.slash('mentor season', { selecting: true, place: 'Mercy *General*' });
    expect(marked.text).toMatch(/until .*whoever asks you reads it first/);
    const found = await seeker.slash('mentor find');
    expect(found.text).toContain('Helps to choose residents');
    const note = await seeker.press('1 · Request', found);
    expect(note.text).toContain('helps to choose residents at Mercy \\*General\\*');
    expect(labels(note)).toEqual(['I do not apply there', 'Choose another mentor']);
    const typed = await seeker.slash('mentor request', { member: selecting, message: 'A mock interview?' });
    expect(typed.text).toContain('A mock interview?');
    expect((await seeker.press('I do not apply there', typed)).kind).toBe('modal');
    expectRefusal(await seeker.submit({ Message: 'A mock interview?' }), /on its way/);
    expect(await requestAt(town, selecting, seeker)).toBeDefined();
    expectRefusal(await seeker.slash('mentor season', { rounds: true }), /a round may propose/);
    expectRefusal(await seeker.slash('mentor season', { selecting: true }), /not registered/);
    expectRefusal(await seeker.slash('mentor season'), /Say what you mean/);
  });
});

describe('a request that was made before its mentor took part', () => {
  test('comes back in a letter at their yes, and goes to them again by one press', async () => {
    const languages = ['ps'];
    const asked = await mentor('Dr. Basu', { languages });
    const seeker = await mentee('Salome', { languages });
    await seeker.slash('mentor request', { member: asked, message: 'Could we talk about *electives*?' });
    const request = await requestAt(town, asked, seeker);
    expectRefusal(await asked.slash('mentor season', { selecting: true, place: 'Mercy General' }), /Noted/);
    expectRefusal(await asked.press('Accept Salome', request), /could not read before that you help to choose/);
    const letter = await town.sandbox.until('the letter', () =>
      seeker.dms().find((each) => JSON.stringify(each).includes('Before your request goes to Dr. Basu')),
    );
    expect(JSON.stringify(letter)).toMatch(/helps to choose residents at Mercy General.*could not read this/s);
    // Whoever it is not theirs to send sends nothing.
    const stranger = await mentee('Nino', { languages });
    const customId = buttonId(letter, 'I do not apply there');
    expectRefusal(await stranger.forge({ kind: 'button', customId }), /no longer yours to send/);
    expectRefusal(await seeker.press('I do not apply there', letter), /Dr. Basu|on its way|again/);
    expectRefusal(await seeker.press('I do not apply there', letter), /no longer yours to send/);
    const again = await town.sandbox.until('the request', () =>
      asked.dms().find((each) => JSON.stringify(each).includes('Accept Salome')),
    );
    expect(JSON.stringify(again)).toContain('electives');
    await asked.press('Accept Salome', again);
    await town.sandbox.until('their thread', () => threadsOf(town, seeker).length === 1);
  });
});

describe('answering', () => {
  test('a decline asks for a reason and a note, which the mentee reads; the answer offers a break', async () => {
    const languages = ['ta'];
    const asked = await mentor('Gil', { languages });
    const seeker = await mentee('Hana', { languages });
    await ask(seeker, asked);
    const form = await asked.press('Decline', await requestAt(town, asked, seeker));
    expect(form.kind).toBe('modal');
    const declined = await asked.submit({ Reason: ['away'], 'A word to them': 'Ask Dr. Khan, **she** is kind.' });
    expectRefusal(declined, /Thank you for answering/);
    const word = await town.sandbox.until('the word to the mentee', () => seeker.dms().at(-1));
    expect(JSON.stringify(word)).toContain('Dr. Khan');

    const paused = await asked.press('Stop new requests', declined);
    expect(paused.text).toMatch(/nobody is suggested to you/i);
    const other = await mentee('Ivan', { languages });
    expectRefusal(await ask(other, asked), /not taking requests/);
  });

  test('never again is told to nobody', async () => {
    const languages = ['te'];
    const asked = await mentor('Jo', { languages });
    const seeker = await mentee('Kai', { languages });
    await ask(seeker, asked);
    await asked.press('Decline', await requestAt(town, asked, seeker));
    await asked.submit({ Reason: ['never-again'] });
    const word = await town.sandbox.until('the word to the mentee', () => seeker.dms().at(-1));
    expect(JSON.stringify(word)).not.toMatch(/again to me|block|never/i);
    expectRefusal(await ask(seeker, asked), /not taking requests/);
  });

  test('with a forged reason, or of a request that is not theirs, changes nothing', async () => {
    const languages = ['yo'];
    const asked = await mentor('Lea', { languages });
    const seeker = await mentee('Max', { languages });
    await ask(seeker, asked);
    const id = buttonId(await requestAt(town, asked, seeker), 'Decline').split(':')[1] ?? '';
    const form = { kind: 'modal', customId: `request-decline-form:${id}` } as const;
    expectRefusal(await asked.forge({ ...form, fields: { reason: 'because' } }), /changed since/);
    expectRefusal(await seeker.forge({ kind: 'button', customId: `request-decline:${id}` }), /not sent to you/);
    expectRefusal(await seeker.forge({ kind: 'button', customId: `request-pause:${id}` }), /not sent to you/);
    expectRefusal(await asked.forge({ kind: 'button', customId: `request-withdraw:${id}` }), /no such request/);
    expectRefusal(await seeker.forge({ kind: 'modal', customId: 'request-form:me' }), /changed since/);
    expect((await seeker.slash('mentor requests')).text).toContain(asked.id);
  });
});

describe('/mentor withdraw', () => {
  test('takes back the request to a member, or asks which', async () => {
    const languages = ['hy'];
    const mentors = [await mentor('Nia', { languages }), await mentor('Oto', { languages })];
    const [nia, oto] = mentors;
    const seeker = await mentee('Pia', { languages });
    if (!nia || !oto) throw new Error('no mentors');
    expectRefusal(await seeker.slash('mentor withdraw'), /nothing to withdraw/);
    for (const one of mentors) await ask(seeker, one);
    expect(labels(await seeker.slash('mentor withdraw'))).toHaveLength(2);
    expectRefusal(await seeker.slash('mentor withdraw', { member: oto }), /is withdrawn/);
    expectRefusal(await seeker.slash('mentor withdraw', { member: oto }), /no request to/);
    const card = await requestAt(town, nia, seeker);
    expectRefusal(await seeker.slash('mentor withdraw', { member: nia }), /no request to anybody now/);
    await town.sandbox.until(
      'no buttons left',
      () => nia.dms().find((one) => one.id === card.id)?.components?.length === 0,
    );
    expectRefusal(await nia.forge({ kind: 'button', customId: buttonId(card, 'Accept') }), /withdrew this request/);
  });
});

describe('Accept, in a message that outlives a membership', () => {
  async function asked(names: readonly [string, string, string]) {
    const languages = ['gu'];
    const first = await mentor(names[0], { languages });
    const next = await mentor(names[1], { languages });
    const who = await mentee(names[2], { languages });
    await ask(who, first);
    await ask(who, next);
    return { first, next, who, message: await requestAt(town, first, who) };
  }
  const titles = (actor: Actor) => actor.dms().map(({ embeds }) => embeds[0]?.title ?? '');

  test('pressed by a mentor who has left: nothing is promised, and the next choice is asked', async () => {
    const { first, next, who, message } = await asked(['Away', 'Still', 'Hopeful']);
    first.leave();
    expect((await first.press('Accept', message)).text).toMatch(/no longer in this server, so nothing was accepted/);
    await requestAt(town, next, who);
    expect(titles(who).some((title) => title.includes('accepted'))).toBe(false);
  });

  test('pressed for a mentee who has left: no thread for one, and the place stays free', async () => {
    const { first, who, message } = await asked(['Here', 'Here too', 'Leaver']);
    who.leave();
    // The second, where the bot had looked after them by itself and saw it first.
    expect((await first.press('Accept', message)).text).toMatch(
      /has left the server.*Your place stays free|withdr(?:ew|awn).*Nothing is left for you to do/s,
    );
    await town.bot.tick();
    expect(town.guild.threads().filter(({ memberIds }) => memberIds.includes(first.id))).toEqual([]);
    expect((await first.slash('mentorship show')).text).not.toContain(who.id);
  });

  test('a no counts from outside as well, and nobody else waits for whoever gave it', async () => {
    const { first, next, who, message } = await asked(['Outside', 'Inside', 'Patient']);
    const other = await mentee('Waiting', { languages: ['gu'] });
    await ask(other, first);
    await requestAt(town, first, other);
    first.leave();
    await first.press('Decline', message);
    await first.submit({ Reason: ['no-place'] });
    await requestAt(town, next, who);
    await town.sandbox.until('the word to the other', () => other.dms().length > 0);
  });

  test('a request to somebody who has left shows them nobody: whoever asked goes on', async () => {
    const { first, next, who, message } = await asked(['Answers', 'Left early', 'Private']);
    next.leave();
    await first.press('Decline', message);
    await first.submit({ Reason: ['no-place'] });
    await town.bot.tick();
    const lapsed = () => titles(who).some((title) => title.includes('Left early'));
    await town.sandbox.until('the word to the mentee', lapsed);
    expect(next.dms().filter((one) => speaksOf(one, who))).toEqual([]);
  });
});
