/** The month after two have found each other: a meeting is proposed, agreed and held, a goal set, and a report stays with those whom it does not concern. */
import assert from 'node:assert/strict';
import type { APIMessage } from 'discord-api-types/v10';
import type { BotProcess } from '../bot.ts';
import { moderator, newcomer } from './prepared.ts';
import type { Stage } from './stage.ts';
import { be, hasButton, openPlace, press, reads, run, type Step } from './steps.ts';
import type { Teller } from './teller.ts';

const dayMs = 24 * 60 * 60_000;
const monthMs = 28 * dayMs;
/** How to recognize the buttons of a proposal, of an agreed meeting, and of the question after it. */
const ids = { take: 'mentorship-take:', agreed: 'mentorship-calendar:', asked: 'mentorship-say:' } as const;

/** A person's private thread and its messages, as they see them. */
function threadOf(stage: Stage, name: string) {
  const { actor } = stage.person(name);
  const thread = stage.guild
    .threads()
    .find(({ private: isPrivate, memberIds }) => isPrivate && memberIds.includes(actor.id));
  const messages: readonly APIMessage[] = thread ? actor.messages(thread) : [];
  const has = (...some: readonly string[]) =>
    messages.some(({ components }) => some.some((id) => JSON.stringify(components ?? []).includes(id)));
  return { name: thread?.name ?? '', messages, has };
}

/** The other in somebody's private thread. */
function partnerOf(stage: Stage, name: string): string | undefined {
  const own = stage.person(name).actor.id;
  const thread = stage.guild.threads().find(({ private: is, memberIds }) => is && memberIds.includes(own));
  return stage.names.find((each) => each !== name && thread?.memberIds.includes(stage.person(each).actor.id));
}

/** The stations of the tour at a pair's first month. */
export function monthSteps(stage: Stage): readonly Step[] {
  const thread = () => threadOf(stage, newcomer);
  const partner = () => partnerOf(stage, newcomer) ?? newcomer;
  /** When the two were brought together: it begins with the first look at this station. */
  let began: number | undefined;
  return [
    {
      title: 'A time for two, hours apart',
      needs: 'mentorship',
      text: `The bot looks ten days ahead, by both their clocks. ${newcomer} chooses up to five times; each is written in her time and in her mentor’s.`,
      targets: () => [be(newcomer), openPlace(thread().name), press('Find a time', '/mentorship meet')],
      isDone: () => thread().has(ids.take, ids.agreed, ids.asked),
    },
    {
      title: 'One press agrees',
      needs: 'mentorship',
      text: 'The mentor takes one of them. Both get a file for their own calendar, and reminders a day and an hour before.',
      targets: () => [be(partner()), openPlace(thread().name), press('Take 1', '/mentorship meet')],
      isDone: () => thread().has(ids.agreed, ids.asked),
    },
    {
      title: 'What they want to reach',
      needs: 'mentorship',
      text: 'Up to three goals, in their own words, with a date. Both see them, and either may change them.',
      targets: () => [be(newcomer), openPlace(thread().name), press('Set a goal', '/mentorship goal add')],
      isDone: () => reads(stage, newcomer, 'Set for you and') || reads(stage, partner(), 'Set for you and'),
    },
    {
      title: 'The day comes',
      needs: 'mentorship',
      text: 'Let time pass: the reminders arrive, and after the meeting the thread asks how it was.',
      targets: () => [{ kind: 'clock' }],
      isDone: () => thread().has(ids.asked),
    },
    {
      title: 'They have met',
      needs: 'mentorship',
      text: 'It counts once one of them says so and the other does not deny it. What was said in it is theirs.',
      targets: () => [be(newcomer), openPlace(thread().name), press('We met', '/mentorship log')],
      isDone: () => [newcomer, partner()].some((name) => reads(stage, name, 'It is noted')),
    },
    {
      title: 'In confidence',
      needs: 'report',
      text: `Suppose that ${newcomer} has to report somebody: even ${moderator}, who moderates here. She chooses who is meant in the command, and says in the form what happened.`,
      targets: () => [be(newcomer), run('/report member')],
      isDone: () => reads(stage, newcomer, 'Its number is'),
    },
    {
      title: `${moderator} sees nothing of it`,
      needs: 'reports',
      text: 'Whoever is reported, or close to one of the two, finds no trace: in no list, channel, record or figure. The owner of the server has been told instead.',
      targets: () => [be(moderator), run('/reports list')],
      isDone: () => reads(stage, moderator, 'No report is waiting that you may see'),
    },
    {
      title: 'A month goes by',
      needs: 'mentorship',
      text: 'Four weeks, and few words from the bot: it offers the next meeting at their pace, asks each of them in private how it goes, and leaves them alone in between.',
      targets: () => [{ kind: 'clock' }],
      isDone: () => {
        began ??= stage.sandbox.clock.now();
        return stage.sandbox.clock.now() - began >= monthMs;
      },
    },
    {
      title: 'How it stands',
      needs: 'mentorship',
      text: 'Facts that both may know: how often they met, what they want to reach, when they meet next. No score, no points.',
      targets: () => [be(newcomer), run('/mentorship show')],
      isDone: () => hasButton(stage, newcomer, 'Report to staff') && reads(stage, newcomer, 'Met so far'),
    },
  ];
}

/** The same as a chapter of the story: a pair that exists by now lives it. */
export async function playMonth(tell: Teller, bot: Pick<BotProcess, 'settled'>): Promise<void> {
  const [mentee, mentor, reporter] = ['Sana', 'Priya', 'Nusrat'];
  const { sandbox } = tell.stage;
  const inThread = (id: string) => () =>
    threadOf(tell.stage, mentee).messages.findLast(({ components }) => JSON.stringify(components ?? []).includes(id));
  const passDay = async () => {
    for (let part = 0; part < 4; part += 1) {
      sandbox.clock.advance(dayMs / 4);
      await bot.settled();
    }
  };

  tell.step('They find a time, many hours apart');
  const times = await tell.slash(mentee, 'mentorship meet');
  await tell.choose(mentee, 'Choose up to five times', times, 2);
  const proposal = await tell.receives(mentor, 'the proposal in their thread', inThread(ids.take));
  await tell.press(mentor, 'Take 1', proposal);
  await tell.receives(mentee, 'the meeting in their thread', inThread(ids.agreed));

  tell.step('They set a goal, the day comes, and they meet');
  await tell.slash(mentee, 'mentorship goal add', { goal: 'Have my list of programs read' });
  for (let days = 0; days < 12 && !inThread(ids.asked)(); days += 1) await passDay();
  const question = await tell.receives(mentee, 'a question in their thread', inThread(ids.asked));
  await tell.press(mentee, 'We met', question);

  tell.step(`A report that ${moderator}, being party, never sees`);
  await tell.slash(reporter, 'report member', { member: tell.stage.person(moderator).actor });
  await tell.submit(reporter, {
    'What it is about': ['other'],
    'What happened': 'She told a stranger in the lobby what I had written to her in confidence.',
  });
  const list = await tell.slash(moderator, 'reports list');
  assert.match(list.text, /No report is waiting that you may see/);

  tell.step('A month later');
  for (let day = 0; day < 28; day += 1) await passDay();
  tell.say('\n28 days have passed.');
  const shown = await tell.slash(mentee, 'mentorship show');
  assert.match(shown.text, /Have my list of programs read/);
}
