import assert from 'node:assert/strict';
import type { APIMessage } from 'discord-api-types/v10';
import type { BotProcess } from '../bot.ts';
import { playMonth } from './month.ts';
import type { Teller } from './teller.ts';

const dayMs = 24 * 60 * 60_000;
/** For how long an answer can be taken back: a minute, and the rest of the one in which it was given. */
const restMs = 121_000;

type Follower = Pick<BotProcess, 'settled'>;

/**
 * The main job from set-up to the private thread, what happens when it does not go smoothly, and the month after it. Every step makes sure
 * of what it shows: a bot that only looked right would fail here.
 */
export async function playStory(tell: Teller, bot: Follower): Promise<void> {
  await setUp(tell);
  await mentorsRegister(tell);
  await menteesRegister(tell);
  await findAndAsk(tell);
  await declineGoesOn(tell, bot);
  await acceptAndMeet(tell, bot);
  await closedMessages(tell, bot);
  await silence(tell, bot);
  await lookBack(tell);
  await playMonth(tell, bot);
}

async function setUp(tell: Teller): Promise<void> {
  tell.step('A moderator sets the community up');
  const preview = await tell.slash('Thandiwe', 'setup start', { timezone: 'America/New_York' });
  await tell.press('Thandiwe', 'Set it up', preview);
  const check = await tell.slash('Thandiwe', 'setup check');
  assert.match(check.text, /in order/i);
}

async function mentorsRegister(tell: Teller): Promise<void> {
  tell.step('Mentors register, and a moderator verifies them');
  await register(tell, 'Hamza');
  const card = await tell.receives('Thandiwe', 'a card in the staff channel', () => staffCard(tell, 'Hamza'));
  await tell.press('Thandiwe', 'Verify', card);
  await tell.submit('Thandiwe', { Level: ['resident'], 'How you know': ['video-call'] });
  await tell.receives('Hamza', 'a direct message', () => tell.stage.person('Hamza').actor.dms().at(-1));

  tell.say('\nIfeoma, Mariana, Youssef and Priya register and are verified in the same way.');
  for (const name of ['Ifeoma', 'Mariana', 'Youssef', 'Priya']) {
    await tell.quietly(async () => {
      await register(tell, name);
      const member = tell.stage.person(name);
      await tell.slash('Thandiwe', 'mentors verify', {
        member: member.actor,
        level: member.registration?.stage ?? 'resident',
        method: 'video-call',
      });
    });
  }
}

async function menteesRegister(tell: Teller): Promise<void> {
  tell.step('Mentees register');
  await register(tell, 'Sana');
  tell.say('\nAmara, Karim, Liza, Andrés and Nusrat register too.');
  for (const name of ['Amara', 'Karim', 'Liza', 'Andrés', 'Nusrat']) await tell.quietly(() => register(tell, name));
}

async function findAndAsk(tell: Teller): Promise<void> {
  tell.step('A mentee finds mentors, with reasons, and asks');
  const found = await tell.slash('Sana', 'mentor find');
  assert.ok((found.message?.embeds.length ?? 0) >= 2, 'at least two mentors are suggested');
  const hamza = tell.stage.person('Hamza').actor;
  await tell.slash('Sana', 'mentor request', {
    member: hamza,
    message: 'I apply in September. Would you read my list of programs?',
  });
  const priya = tell.stage.person('Priya').actor;
  tell.say('\nShe names a second choice, in case the first has no time.');
  await tell.slash('Sana', 'mentor request', { member: priya, message: 'A mock interview with you would mean a lot.' });
}

async function declineGoesOn(tell: Teller, bot: Follower): Promise<void> {
  tell.step('The first choice has no time; the request goes on by itself');
  const request = await tell.receives('Hamza', 'a direct message', () => requestCard(tell, 'Hamza', 'Sana'));
  await tell.press('Hamza', 'Decline', request);
  await tell.submit('Hamza', { Reason: ['no-place'] });
  await letRest(tell, bot, 'Hamza');
  await tell.receives('Sana', 'a direct message', () => lastDm(tell, 'Sana'));
}

async function acceptAndMeet(tell: Teller, bot: Follower): Promise<void> {
  tell.step('The second choice accepts; both land in a private thread');
  const request = await tell.receives('Priya', 'a direct message', () => requestCard(tell, 'Priya', 'Sana'));
  await tell.press('Priya', 'Accept', request);
  await letRest(tell, bot, 'Priya');
  const { guild, sandbox } = tell.stage;
  const [sana, priya] = [tell.stage.person('Sana').actor, tell.stage.person('Priya').actor];
  const thread = await sandbox.until('a thread with both in it', () =>
    guild.threads().find((each) => each.memberIds.includes(sana.id) && each.memberIds.includes(priya.id)),
  );
  assert.ok(thread.private, 'the thread is private');
  await tell.receives('Sana', `the private thread "${thread.name}"`, () => sana.messages(thread)[0]);
  assert.throws(() => tell.stage.person('Karim').actor.messages(thread), 'nobody else can look in');
  const again = await tell.slash('Priya', 'mentor requests');
  assert.ok(!again.text.includes('Accept'), 'nothing is left to answer');
}

async function closedMessages(tell: Teller, bot: Follower): Promise<void> {
  tell.step('A mentor has closed his direct messages; nothing is lost');
  const { guild } = tell.stage;
  const youssef = tell.stage.person('Youssef').actor;
  guild.closeDms(youssef);
  await tell.slash('Nusrat', 'mentor request', {
    member: youssef,
    message: 'I am applying again and would value your eye.',
  });
  const mentoring = guild.channels.find(({ name }) => name.includes('mentor'));
  assert.ok(mentoring);
  await tell.receives('Youssef', `a mention in #${mentoring.name}`, () =>
    mentioning(youssef.messages(mentoring), youssef.id),
  );
  const inbox = await tell.slash('Youssef', 'inbox');
  await tell.press('Youssef', 'Accept', inbox);
  await letRest(tell, bot, 'Youssef');
  await tell.stage.sandbox.until('their thread', () =>
    guild.threads().some(({ memberIds }) => memberIds.includes(youssef.id)),
  );
}

/** A minute passes in which the answer could be taken back; then it goes out. */
async function letRest(tell: Teller, bot: Follower, name: string): Promise<void> {
  tell.say(`\nFor a minute ${name} could take that back. It passes.`);
  tell.stage.sandbox.clock.advance(restMs);
  await bot.settled();
}

async function silence(tell: Teller, bot: Follower): Promise<void> {
  tell.step('A request that nobody answers does not hang forever');
  const mariana = tell.stage.person('Mariana').actor;
  await tell.slash('Karim', 'mentor request', { member: mariana, message: 'How did you find your first rotation?' });
  for (const day of [3, 6, 7]) {
    tell.stage.sandbox.clock.advance((day === 7 ? 1 : 3) * dayMs);
    await bot.settled();
    tell.say(`\n${day} days have passed.`);
    const who = day === 7 ? 'Karim' : 'Mariana';
    await tell.receives(who, 'a direct message', () => lastDm(tell, who));
  }
}

async function lookBack(tell: Teller): Promise<void> {
  tell.step('Everybody sees how things stand');
  const sana = await tell.slash('Sana', 'mentorship show');
  assert.ok(sana.text.includes(tell.stage.person('Priya').actor.id) || sana.text.includes('Priya'));
  await tell.slash('Karim', 'mentor requests');
  await tell.slash('Thandiwe', 'mentors queue');
}

/** Registers a persona with what they have to say for themselves. */
async function register(tell: Teller, name: string): Promise<void> {
  const persona = tell.stage.person(name);
  const { registration } = persona;
  assert.ok(registration, `${name} has nothing to register with`);
  const first = await tell.slash(name, `register ${persona.role}`, {
    timezone: persona.timeZone,
    ...(registration.capacity === undefined ? {} : { capacity: registration.capacity }),
    country: registration.country,
  });
  if (first.kind !== 'modal') await tell.press(name, 'I agree', first);
  await tell.submit(name, {
    Specialties: registration.specialties,
    Stage: [registration.stage],
    Languages: registration.languages,
    Topics: registration.topics,
    'About you': registration.about,
  });
}

function staffCard(tell: Teller, about: string): APIMessage | undefined {
  const { guild } = tell.stage;
  const staff = guild.channels.find(({ name }) => name.includes('staff'));
  return staff && mentioning(tell.stage.person('Thandiwe').actor.messages(staff), tell.stage.person(about).actor.id);
}

function requestCard(tell: Teller, mentor: string, mentee: string): APIMessage | undefined {
  const cards = tell.stage
    .person(mentor)
    .actor.dms()
    .filter(({ components }) => JSON.stringify(components ?? []).includes('"label":"Accept'));
  return mentioning(cards, tell.stage.person(mentee).actor.id);
}

function lastDm(tell: Teller, name: string): APIMessage | undefined {
  return tell.stage.person(name).actor.dms().at(-1);
}

function mentioning(messages: readonly APIMessage[], userId: string): APIMessage | undefined {
  return messages.find((message) => JSON.stringify(message).includes(userId));
}
