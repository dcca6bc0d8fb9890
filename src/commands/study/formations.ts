/** Groups of everybody who waits, and every group: for moderators. */
import type { MessageComponentInteraction } from 'discord.js';
import { findGroup, listLiveGroups, type StudyGroup } from '../../db/study/groups.ts';
import { listSeekers } from '../../db/study/seekers.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { formNow } from '../../study/formations/form.ts';
import { publishFormation } from '../../study/formations/publish.ts';
import { closeAsModerator, mergeAsModerator } from '../../study/groups/consent.ts';
import { formationCard, listCard, staffCard, staffCloseCard } from './cards.ts';
import type { Slash } from './meant.ts';

async function form(ctx: ActContext, interaction: Slash): Promise<void> {
  await defer(interaction);
  await answer(interaction, formationCard(ctx.t, await formNow(ctx, interaction.guildId)));
}

async function list(ctx: ActContext, interaction: Slash): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const waiting = new Set((await listSeekers(ctx.db, interaction.guildId)).map(({ user_id: userId }) => userId));
  await answer(interaction, await listCard(ctx, await listLiveGroups(ctx.db, interaction.guildId), waiting.size));
}

export const formationSubcommands = {
  form: { for: 'moderators', run: form },
  list: { for: 'moderators', run: list },
} satisfies Command['subcommands'];

export const formationButtons = {
  [keys.study.publish]: {
    for: 'moderators',
    run: async (ctx, interaction, [digest = '']) => {
      await defer(interaction);
      const outcome = await publishFormation(ctx, memberOf(interaction), digest);
      if (outcome.is === 'changed') {
        return await change(interaction, formationCard(ctx.t, outcome.formation, ctx.t.study.form.changed));
      }
      await change(interaction, { content: ctx.t.study.form.published(outcome.groups, outcome.offered) });
    },
  },
  [keys.study.staffCloseAsk]: {
    for: 'moderators',
    run: async (ctx, interaction, [id = '']) => {
      await change(interaction, staffCloseCard(ctx.t, await requireListed(ctx, interaction, id)));
    },
  },
  [keys.study.staffClose]: {
    for: 'moderators',
    run: async (ctx, interaction, [id = '']) => {
      await closeAsModerator(ctx, memberOf(interaction), id);
      await change(interaction, { content: ctx.t.studyGroups.staff.closed });
    },
  },
} satisfies Command['buttons'];

export const formationMenus = {
  /** One of the groups in the list. */
  [keys.study.staffGroup]: {
    for: 'moderators',
    run: async (ctx, interaction) => {
      const group = await requireListed(ctx, interaction, interaction.values[0] ?? '');
      await answer(interaction, await staffCard(ctx, group));
    },
  },
  [keys.study.staffMerge]: {
    for: 'moderators',
    run: async (ctx, interaction, [id = '']) => {
      await mergeAsModerator(ctx, memberOf(interaction), id, interaction.values[0] ?? '');
      await change(interaction, { content: ctx.t.studyGroups.staff.merging });
    },
  },
} satisfies Command['menus'];

/** A group of a moderator's guild that is not closed. @throws UserError for any other. */
async function requireListed(
  ctx: ActContext,
  interaction: MessageComponentInteraction,
  id: string,
): Promise<StudyGroup> {
  const group = await findGroup(ctx.db, id);
  if (!group || group.guild_id !== memberOf(interaction).guildId) throw new UserError((t) => t.study.refused.unknown);
  if (group.state === 'closed') throw new UserError((t) => t.study.refused.states.closed);
  return group;
}
