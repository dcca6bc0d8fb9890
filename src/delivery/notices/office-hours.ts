/** Office hours: the message for everybody, and letters to those who come and to the mentor. */
import { ButtonStyle } from 'discord.js';
import { isHeldUp } from '../../db/notices/lookups.ts';
import { readDetail } from '../../db/notices/write.ts';
import {
  findOfficeHour,
  findQuestion,
  listOfficePeople,
  listQuestions,
  type OfficeHour,
} from '../../db/office-hours.ts';
import { deletedUser } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { isFull, officeEmbed, placesText, topicText, whenText } from '../../discord/cards/office-hours.ts';
import { keys } from '../../discord/keys.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { hereAfterHours, hereBeforeMinutes } from '../../mentoring/office-hours/limits.ts';
import { standingIn } from '../../mentoring/office-hours/places.ts';
import { later } from '../../time.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, type Scene, subjectOf } from './scene.ts';

/** In the mentoring channel: it follows the places, and says at last how many came. */
export const officeCard: Render = async (scene) => {
  const { t, ctx, notice } = scene;
  const hour = await subjectOf(scene, findOfficeHour);
  if (!hour || (hour.state !== 'planned' && notice.message_id === null)) return undefined;
  const standing = standingIn(await listOfficePeople(ctx.db, hour.id));
  const questions = await listQuestions(ctx.db, hour.id);
  const text = t.officeHours.buttons;
  const here = button([keys.officehours.here, hour.id], text.here);
  const begins = later(hour.starts_at, { minutes: -hereBeforeMinutes }) <= ctx.now();
  const canSay = begins && ctx.now() < later(hour.ends_at, { hours: hereAfterHours });
  const buttons =
    hour.state === 'planned'
      ? [
          button([keys.officehours.join, hour.id], isFull(hour, standing) ? text.wait : text.join, ButtonStyle.Success),
          button([keys.officehours.look, hour.id], text.look),
          ...(canSay ? [here] : []),
        ]
      : hour.state === 'held' && canSay
        ? [here]
        : [];
  return {
    embeds: [officeEmbed(t, hour, standing, questions.length, await eventText(scene, hour))],
    components: buttons.length === 0 ? [] : [row(...buttons)],
  };
};

/** That it is not among the server's events, where it is to be and cannot. */
async function eventText({ t, ctx }: Scene, { id, state }: OfficeHour): Promise<string[]> {
  return state === 'planned' && (await isHeldUp(ctx.db, id, 'office-event')) ? [t.events.none] : [];
}

/** To somebody on the list, or to the mentor; nothing where it says nothing any more. */
export const officeLetter: Render = async (scene) => {
  const { ctx, notice } = scene;
  const hour = await subjectOf(scene, findOfficeHour);
  const userId = notice.user_id;
  if (!hour || userId === null) return undefined;
  const { part } = readDetail('office-letter', notice);
  if (part === 'off') return hour.state === 'called-off' ? await offLetter(scene, hour, userId) : undefined;
  // What was said before says by itself that it is off.
  if (hour.state === 'called-off') return notice.message_id === null ? undefined : await offLetter(scene, hour, userId);
  if (userId === hour.mentor_id) return await mentorLetter(scene, hour, part);
  const { own } = standingIn(await listOfficePeople(ctx.db, hour.id), userId);
  if (!own) return undefined;
  const { letters } = scene.t.officeHours;
  const topic = topicText(scene.t, hour);
  if (part === 'after') {
    if (own.here_at !== null && notice.message_id === null) return undefined;
    return await letter(scene, letters.after.title(topic), letters.after.body(hour.starts_at), {
      components: [row(hereButton(scene, hour))],
    });
  }
  if (hour.ends_at <= ctx.now() || hour.state !== 'planned') return undefined;
  if ((part === 'day' || part === 'hour') && (hour.starts_at <= ctx.now() || isMovedAway(scene, hour, part)))
    return undefined;
  const { title, body } = {
    day: { title: letters.day.title(topic), body: letters.remind },
    hour: { title: letters.hour.title(topic), body: letters.remind },
    place: letters.place(topic),
    moved: letters.moved(topic),
    'channel-gone': letters.moved(topic),
    'channel-closed': letters.moved(topic),
  }[part];
  const buttons = scene.t.officeHours.buttons;
  return await letter(scene, title, paragraphs(body, whenText(scene.t, hour), reminderHint(scene, part)), {
    components: [
      row(
        button([keys.officehours.ask, hour.id], buttons.ask, ButtonStyle.Primary),
        button([keys.officehours.leave, hour.id], buttons.leave),
        ...(part === 'hour' ? [hereButton(scene, hour)] : []),
        button([keys.officehours.calendar, hour.id], buttons.calendar),
      ),
    ],
  });
};

type Part = ReturnType<typeof readDetail<'office-letter'>>['part'];

/** Whether it was moved since the reminder was due: then another comes nearer to it. */
function isMovedAway({ ctx }: Scene, hour: OfficeHour, part: 'day' | 'hour'): boolean {
  const before = part === 'day' ? { hours: -24 } : { hours: -1 };
  // A minute for the heartbeat.
  return later(later(hour.starts_at, before), { minutes: -1 }) > ctx.now();
}

function reminderHint({ t }: Scene, part: Part): string {
  return part === 'day' || part === 'hour' ? `-# ${t.meetings.remindersOff}` : '';
}

function hereButton({ t }: Scene, hour: OfficeHour) {
  return button([keys.officehours.here, hour.id], t.officeHours.buttons.here, ButtonStyle.Success);
}

/** To the mentor: what is coming, or that people cannot find them. */
async function mentorLetter(scene: Scene, hour: OfficeHour, part: Exclude<Part, 'off'>) {
  const { t, ctx } = scene;
  const text = t.officeHours;
  if (hour.state !== 'planned' || hour.starts_at <= ctx.now()) return undefined;
  const callOff = button([keys.officehours.callOff, hour.id], text.buttons.callOff);
  const topic = topicText(t, hour);
  if (part === 'channel-gone' || part === 'channel-closed') {
    const { channel } = text.letters;
    // Another was chosen meanwhile.
    if ((part === 'channel-gone') !== (hour.channel_id === null)) return undefined;
    const body = hour.channel_id === null ? channel.gone(hereBeforeMinutes) : channel.closed(hour.channel_id);
    return await letter(scene, channel.title(topic), body, { components: [row(callOff)] });
  }
  if ((part !== 'day' && part !== 'hour') || isMovedAway(scene, hour, part)) return undefined;
  const standing = standingIn(await listOfficePeople(ctx.db, hour.id));
  const questions = await listQuestions(ctx.db, hour.id);
  const body = paragraphs(
    whenText(t, hour),
    [placesText(t, hour, standing), text.questionsIn(questions.length)].join(' '),
    reminderHint(scene, part),
  );
  return await letter(scene, text.letters[part].title(topic), body, {
    components: [
      row(
        button([keys.officehours.questions, hour.id], text.buttons.questions, ButtonStyle.Primary),
        button([keys.officehours.move, hour.id], text.buttons.move),
        callOff,
      ),
    ],
  });
}

/** That it was called off: why only to the mentor, and to whoever asked something their own words. */
async function offLetter(scene: Scene, hour: OfficeHour, userId: string) {
  const { t, ctx } = scene;
  const { off, offOwn } = t.officeHours.letters;
  const open = button([keys.officehours.open], t.officeHours.buttons.open, ButtonStyle.Primary);
  const { off_why: why, starts_at: at } = hour;
  const title = off.title(topicText(t, hour));
  if (userId === hour.mentor_id) {
    if (why === null || why === 'mentor' || why === 'gone') return undefined;
    return await letter(scene, title, offOwn[why](at), { components: [row(open)] });
  }
  const question = await findQuestion(ctx.db, hour.id, userId);
  const byMentor = why === 'mentor' && hour.mentor_id !== deletedUser;
  const body = paragraphs(
    byMentor ? off.mentor(mention(t, hour.mentor_id), at) : off.other(at),
    question ? off.question(showTyped(question.words).replaceAll('\n', '\n> ')) : '',
    off.next,
  );
  return await letter(scene, title, body, {
    components: [row(open, button([keys.mentor.find], t.home.looking.find))],
  });
}
