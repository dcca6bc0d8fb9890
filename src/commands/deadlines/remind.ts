import { journey as content } from '../../content/journey.ts';
import { findMine } from '../../journey/dates/remind.ts';
import { reminderDays } from '../../journey/dates/reminders.ts';
import { button, menuRow, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';

/** Somebody's reminders, with the ways to change them. @throws UserError when they have no road. */
export async function remindersCard(ctx: ActContext, userId: string): Promise<Card> {
  const text = ctx.t.deadlines.remind;
  const mine = await findMine(ctx.db, userId, ctx.now());
  if (!mine) throw new UserError((t) => t.deadlines.refused.noJourney);
  const { journey, marks, guilds } = mine;
  const isOnlyPicked = journey.only_picked === 1;
  const titles = content()
    .dates.filter(({ id }) => marks.get(id)?.picked === 1)
    .map(({ title }) => title);
  const body = [
    text.days(journey.reminder_days.map(text.inDays)),
    text.mode[isOnlyPicked ? 'picked' : 'all'],
    ...(titles.length > 0 ? [text.picks(titles)] : []),
    ...(guilds.length === 0 ? [text.alone] : []),
    text.rule,
  ];
  return {
    embeds: [embed(ctx.t, text.title, body.join('\n\n'))],
    components: [
      menuRow(
        [keys.deadlines.days],
        text.menu,
        reminderDays.map((days) => ({
          label: text.choice(days),
          value: String(days),
          default: journey.reminder_days.includes(days),
        })),
        { least: 0, most: reminderDays.length },
      ),
      row(
        button(
          [keys.deadlines.mode, isOnlyPicked ? 'all' : 'picked'],
          isOnlyPicked ? text.everything : text.onlyPicked,
        ),
      ),
    ],
  };
}
