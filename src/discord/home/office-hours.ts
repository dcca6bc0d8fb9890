/** What office hours have for somebody's home: those they hold, those they go to, and how many others are coming. */
import { ButtonStyle } from 'discord.js';
import { listOfficePeople } from '../../db/office-hours.ts';
import { standingIn } from '../../mentoring/office-hours/places.ts';
import { listOpenTo } from '../../mentoring/office-hours/rules.ts';
import { button } from '../buttons.ts';
import { shortTopic } from '../cards/office-hours.ts';
import { keys } from '../keys.ts';
import type { Section } from './section.ts';

export const officeSection: Section = async ({ ctx, guildId, userId }) => {
  const { t, db } = ctx;
  const text = t.officeHours.home;
  const lines: string[] = [];
  let others = 0;
  let isOwn = false;
  for (const hour of await listOpenTo(ctx, { guildId, userId })) {
    const { own, taken } = standingIn(await listOfficePeople(db, hour.id), userId);
    const topic = shortTopic(t, hour);
    if (hour.mentor_id === userId) lines.push(text.yours(topic, hour.starts_at, taken, hour.places));
    else if (own) lines.push(text[own.state](topic, hour.starts_at));
    else others += 1;
    isOwn ||= own !== undefined || hour.mentor_id === userId;
  }
  if (others > 0) lines.push(text.coming(others));
  if (lines.length === 0) return [];
  const open = button(
    [keys.officehours.open],
    t.officeHours.buttons.open,
    isOwn ? ButtonStyle.Primary : ButtonStyle.Secondary,
  );
  return [{ heading: text.heading, lines, buttons: [open] }];
};
