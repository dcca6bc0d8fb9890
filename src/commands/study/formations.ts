/** Groups of everybody who waits, and every group: for moderators. */
import type { MessageComponentInteraction } from 'discord.js';
import { findGroup, listLiveGroups, type StudyGroup } from '../../db/study/groups.ts';
import type { SeenFormation } from '../../db/study/formations.ts';
import { listSeekers } from '../../db/study/seekers.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, defer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { readHistory } from '../../study/formations/history.ts';
import {
  discardFormation,
  listLeft,
  previewFormation,
  readView,
  requirePreview,
  requireThisPreview,
} from '../../study/formations/preview.ts';
import { publishFormation } from '../../study/formations/publish.ts';
import { closeAsModerator, mergeAsModerator } from '../../study/groups/consent.ts';
import { listCard, staffCard, staffCloseCard } from './cards.ts';
import { confirmCard, formationCard, formationsCard, groupsCard, leftAtMost } from './formation-cards.ts';
import type { Slash } from './meant.ts';

/** The preview that a custom id names; from the client, so it may be any. */
function seenIn([id = '', run = '']: readonly string[]): SeenFormation {
  return { id, run: Number(run) };
}

async function preview(ctx: ActContext, interaction: Slash): Promise<void> {
  await defer(interaction);
  const view = await previewFormation(ctx, memberOf(interaction));
  await answer(interaction, formationCard(ctx.t, view, await requireGuild(ctx.db, interaction.guildId)));
}

async function pageOfGroups(ctx: ActContext, guildId: string, args: readonly string[]): Promise<Card> {
  const formation = await requireThisPreview(ctx, ctx.db, guildId, seenIn(args));
  const left = await listLeft(ctx.db, formation, leftAtMost);
  return groupsCard(ctx.t, await readView(ctx.db, formation), left, Number(args[2] ?? 0));
}

async function list(ctx: ActContext, interaction: Slash): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const waiting = new Set((await listSeekers(ctx.db, interaction.guildId)).map(({ user_id: userId }) => userId));
  await answer(interaction, await listCard(ctx, await listLiveGroups(ctx.db, interaction.guildId), waiting.size));
}

export const formationSubcommands = {
  'form preview': { for: 'moderators', run: preview },
  'form publish': {
    for: 'moderators',
    run: async (ctx, interaction) => {
      const formation = await requirePreview(ctx, ctx.db, interaction.guildId);
      await answer(interaction, confirmCard(ctx.t, await readView(ctx.db, formation)));
    },
  },
  'form discard': {
    for: 'moderators',
    run: async (ctx, interaction) => {
      await discardFormation(ctx, memberOf(interaction));
      await answer(interaction, { content: ctx.t.formations.discarded });
    },
  },
  'form history': {
    for: 'moderators',
    run: async (ctx, interaction) => {
      const guild = await requireGuild(ctx.db, interaction.guildId);
      await answer(interaction, formationsCard(ctx.t, await readHistory(ctx, guild.id), guild));
    },
  },
  list: { for: 'moderators', run: list },
} satisfies Command['subcommands'];

export const formationButtons = {
  [keys.study.publish]: {
    for: 'moderators',
    run: async (ctx, interaction, args) => {
      const by = memberOf(interaction);
      await defer(interaction);
      const outcome = await publishFormation(ctx, by, seenIn(args));
      if (outcome.is === 'published') {
        return await change(interaction, { content: ctx.t.formations.published(outcome.outcome) });
      }
      const guild = await requireGuild(ctx.db, by.guildId);
      await change(interaction, formationCard(ctx.t, outcome.view, guild, outcome.changes));
    },
  },
  /** Forms anew, in the place of the preview that is shown. */
  [keys.study.formAgain]: {
    for: 'moderators',
    run: async (ctx, interaction) => {
      const by = memberOf(interaction);
      await defer(interaction);
      const view = await previewFormation(ctx, by);
      await change(interaction, formationCard(ctx.t, view, await requireGuild(ctx.db, by.guildId)));
    },
  },
  /** Every group with who would be in it, apart from the preview. */
  [keys.study.formGroups]: {
    for: 'moderators',
    run: async (ctx, interaction, args) => {
      await answer(interaction, await pageOfGroups(ctx, memberOf(interaction).guildId, args));
    },
  },
  [keys.study.formPage]: {
    for: 'moderators',
    run: async (ctx, interaction, args) => {
      await change(interaction, await pageOfGroups(ctx, memberOf(interaction).guildId, args));
    },
  },
  [keys.study.formDiscard]: {
    for: 'moderators',
    run: async (ctx, interaction, args) => {
      await discardFormation(ctx, memberOf(interaction), seenIn(args));
      await change(interaction, { content: ctx.t.formations.discarded });
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
