/** The one door: what matters to somebody now, whichever area it comes from, with a button for each next step. */
import { type BaseInteraction, ButtonStyle } from 'discord.js';
import { findGuild } from '../../db/guilds.ts';
import { UserError } from '../../errors.ts';
import type { Texts } from '../../texts/en.ts';
import { audiences } from '../audience.ts';
import { button, row } from '../buttons.ts';
import type { ActContext } from '../command.ts';
import { embed } from '../embeds.ts';
import { isHandler } from '../handlers.ts';
import { keys } from '../keys.ts';
import { namesKnownTo, placeOf } from '../place.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';
import { casesSection } from './cases.ts';
import { journeySection } from './journey.ts';
import { mentoringSection } from './mentoring.ts';
import { moderatorsSection } from './moderators.ts';
import { officeSection } from './office-hours.ts';
import { postsSection } from './posts.ts';
import { studySection } from './study.ts';
import type { HomeButton, Part, Section } from './section.ts';

export type { HomeButton } from './section.ts';

/** Every section, in the order in which it is read: what waits for the reader comes first. Another area adds its own here. */
const sections: readonly Section[] = [
  mentoringSection,
  casesSection,
  officeSection,
  studySection,
  moderatorsSection,
  journeySection,
  postsSection,
];

/** Discord's limits on the buttons of a message. */
const mostRows = 5;
const mostInRow = 5;

/**
 * The home of whoever acts, from current state.
 * @throws UserError where the bot is not set up, for whoever cannot do that.
 */
export async function homeCard(ctx: ActContext, interaction: BaseInteraction): Promise<Card> {
  const { t } = ctx;
  const place = placeOf(interaction);
  const isModerator = audiences.moderators.admits(interaction);
  const settings = await findGuild(ctx.db, place.guild.id);
  if (!settings || settings.left_at !== null) {
    if (!isModerator) throw new UserError((texts) => texts.common.notSetUp);
    return notSetUpCard(t);
  }
  const guildId = place.guild.id;
  const visit = {
    ctx,
    place,
    settings,
    isModerator,
    handlesReports: interaction.inCachedGuild() && isHandler(settings, interaction.member),
    guildId,
    userId: interaction.user.id,
    nameOf: namesKnownTo(place.guild),
  };
  const parts: Part[] = [];
  for (const section of sections) parts.push(...(await section(visit)));
  const isAway = interaction.guildId === null;
  const title = isAway ? t.home.titleIn(showTyped(place.guild.name)) : t.home.title;
  return {
    embeds: [
      embed(
        t,
        title,
        parts
          .filter(({ lines }) => lines.length > 0)
          .map(written)
          .join('\n\n'),
      ),
    ],
    components: rowsOf([...parts.map(({ buttons }) => buttons), closing(t)]),
  };
}

/** For moderators of a guild that nobody has set up. */
function notSetUpCard(t: Texts): Card {
  const text = t.home.setUp;
  return {
    embeds: [embed(t, text.title, text.text)],
    components: [
      row(button([keys.setup.door], text.button, ButtonStyle.Success), button([keys.home.what], t.home.doors.what)),
    ],
  };
}

/** On every home. */
function closing(t: Texts): HomeButton[] {
  const { doors } = t.home;
  return [button([keys.profile.show], doors.profile), button([keys.help.open], doors.guide)];
}

function written({ heading, lines }: Part): string {
  return [`**${heading}**`, ...lines].join('\n');
}

/** Pure: a row for each group of buttons while there is room; beyond that they close up. None stands there twice. */
export function rowsOf(groups: readonly (readonly HomeButton[])[]): NonNullable<Card['components']> {
  const seen = new Set<string>();
  const once = groups
    .map((group) =>
      group.filter((each) => {
        const id = 'url' in each ? each.url : each.custom_id;
        return !seen.has(id) && seen.add(id);
      }),
    )
    .filter((group) => group.length > 0);
  const apart = once.flatMap(chunks);
  const rows = apart.length <= mostRows ? apart : chunks(once.flat()).slice(0, mostRows);
  return rows.map((buttons) => row(...buttons));
}

function chunks(buttons: readonly HomeButton[]): HomeButton[][] {
  const rows: HomeButton[][] = [];
  for (let from = 0; from < buttons.length; from += mostInRow) rows.push(buttons.slice(from, from + mostInRow));
  return rows;
}
