/** Groups of everybody who waits, and every group: for moderators. */
import { listLiveGroups } from '../../db/study/groups.ts';
import { listSeekers } from '../../db/study/seekers.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { formNow } from '../../study/formations/form.ts';
import { publishFormation } from '../../study/formations/publish.ts';
import { formationCard, listCard } from './cards.ts';
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
} satisfies Command['buttons'];
