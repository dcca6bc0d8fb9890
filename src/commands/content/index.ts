import { type ModalSubmitInteraction, SlashCommandBuilder } from 'discord.js';
import { findGuildContent, listGuildContents } from '../../db/guild-contents.ts';
import { findGuild } from '../../db/guilds.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { listCard, previewCard, readKind, retiredCard, shownHeadline } from './cards.ts';
import { declineForm, entryForm, readEntry } from './forms.ts';
import { customId } from '../../discord/custom-ids.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { type ListedState, listedStates, readContents } from '../../posts/content/list.ts';
import {
  confirmContent,
  discardContent,
  draftContent,
  entriesAtMost,
  mixContent,
  redraftContent,
  requireDraft,
  restoreContent,
  retireContent,
} from '../../posts/content/own.ts';
import { approveContent, declineContent, requireSuggested } from '../../posts/content/suggestions.ts';
import { headlineOf } from '../../posts/content/write.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';
import { clip } from '../../marks.ts';

const mixes = ['both', 'library', 'guild'] as const;
const kinds = ['tip', 'prompt'] as const;
function kindChoices(t: Texts) {
  return kinds.map((value) => ({ name: t.content.kinds[value], value }));
}

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('content')
    .setDescription(t.content.command.description)
    .addSubcommand((list) =>
      list
        .setName('list')
        .setDescription(t.content.command.list)
        .addStringOption((option) =>
          option
            .setName('show')
            .setDescription(t.content.command.listState)
            .addChoices(...listedStates.map((value) => ({ name: t.content.states[value], value }))),
        )
        .addStringOption((option) =>
          option
            .setName('kind')
            .setDescription(t.content.command.listKind)
            .addChoices(...kindChoices(t)),
        ),
    )
    .addSubcommand((add) =>
      add
        .setName('add')
        .setDescription(t.content.command.add)
        .addStringOption((option) =>
          option
            .setName('kind')
            .setDescription(t.content.command.addKind)
            .addChoices(...kindChoices(t))
            .setRequired(true),
        ),
    )
    .addSubcommand((retire) =>
      retire
        .setName('retire')
        .setDescription(t.content.command.retire)
        .addStringOption((option) =>
          option.setName('entry').setDescription(t.content.command.retireEntry).setAutocomplete(true).setRequired(true),
        ),
    )
    .addSubcommand((mix) =>
      mix
        .setName('mix')
        .setDescription(t.content.command.mix)
        .addStringOption((option) =>
          option
            .setName('from')
            .setDescription(t.content.command.mixFrom)
            .addChoices(...mixes.map((value) => ({ name: t.content.mixes[value], value }))),
        ),
    );

/** A guild's own tips and prompts, for moderators. */
export default {
  name: 'content',
  for: 'moderators',
  data,

  subcommands: {
    list: async (ctx, interaction) => {
      const { options, guildId } = interaction;
      const wanted = {
        state: readState(options.getString('show')),
        kind: readKind(options.getString('kind')),
        page: 0,
      };
      await answer(interaction, listCard(ctx.t, await readContents(ctx, guildId, wanted)));
    },
    add: async (ctx, interaction) => {
      const kind = readKind(interaction.options.getString('kind', true)) ?? 'tip';
      await requireGuild(ctx.db, interaction.guildId);
      const form = entryForm(ctx.t, customId(keys.content.addForm, kind), titleOf(ctx.t, kind), kind);
      await openForm(interaction, form);
    },
    retire: async (ctx, interaction) => {
      const { options, guildId } = interaction;
      const entry = await findGuildContent(ctx.db, guildId, options.getString('entry', true));
      if (!entry) throw new UserError((t) => t.content.refused.unknownEntry);
      await answer(interaction, retiredCard(ctx.t, await retireContent(ctx, memberOf(interaction), entry.id)));
    },
    mix: async (ctx, interaction) => {
      const text = ctx.t.content;
      const by = memberOf(interaction);
      const chosen = mixes.find((each) => each === interaction.options.getString('from'));
      if (!chosen) {
        const guild = await requireGuild(ctx.db, by.guildId);
        return await answer(interaction, { content: text.mix.now(text.mixes[guild.content_mix]) });
      }
      await mixContent(ctx, by, chosen);
      await answer(interaction, { content: text.mix.set(text.mixes[chosen]) });
    },
  },

  async autocomplete(ctx, interaction) {
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const filter = { guildId: interaction.guildId, state: 'approved' } as const;
    const rows = await listGuildContents(ctx.db, filter, { offset: 0, limit: entriesAtMost });
    const choices = rows
      .map((row) => ({ name: `${ctx.t.content.kinds[row.kind]}: ${headlineOf(row)}`, value: row.id }))
      .filter(({ name }) => name.toLowerCase().includes(typed))
      .slice(0, limits.choices);
    await suggest(
      interaction,
      choices.map(({ name, value }) => ({ name: clip(name, limits.choiceName), value })),
    );
  },

  buttons: {
    /** Shows what members suggest. */
    [keys.content.suggested]: async (ctx, interaction) => {
      const wanted = { state: 'suggested', kind: undefined, page: 0 } as const;
      await answer(interaction, listCard(ctx.t, await readContents(ctx, memberOf(interaction).guildId, wanted)));
    },
    /** Turns the pages of the list. */
    [keys.content.page]: async (ctx, interaction, [state, kind, page]) => {
      const wanted = { state: readState(state), kind: readKind(kind), page: Number(page) };
      await change(interaction, listCard(ctx.t, await readContents(ctx, memberOf(interaction).guildId, wanted)));
    },
    /** Puts a previewed entry into use. */
    [keys.content.confirm]: async (ctx, interaction, [id = '', version = '']) => {
      const text = ctx.t.content;
      const added = await confirmContent(ctx, memberOf(interaction), id, version);
      const guild = await findGuild(ctx.db, added.guild_id);
      const say = guild?.content_mix === 'library' ? text.preview.addedUnused : text.preview.added;
      await change(interaction, { content: say(added.kind) });
    },
    /** Opens the form again with what it held. */
    [keys.content.redraft]: async (ctx, interaction, [id = '']) => {
      const draft = await requireDraft(ctx, memberOf(interaction), id);
      const form = entryForm(
        ctx.t,
        customId(keys.content.redraftForm, draft.kind, id),
        titleOf(ctx.t, draft.kind),
        draft.kind,
        draft,
      );
      await openForm(interaction, form);
    },
    [keys.content.discard]: async (ctx, interaction, [id = '']) => {
      await discardContent(ctx, memberOf(interaction), id);
      await change(interaction, { content: ctx.t.content.preview.cancelled });
    },
    [keys.content.retire]: async (ctx, interaction, [id = '']) => {
      await answer(interaction, retiredCard(ctx.t, await retireContent(ctx, memberOf(interaction), id)));
    },
    [keys.content.restore]: async (ctx, interaction, [id = '']) => {
      const restored = await restoreContent(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.content.retire.undone(shownHeadline(restored)) });
    },
    /** Approves a suggestion as it is. */
    [keys.content.approve]: async (ctx, interaction, [id = '']) => {
      const approved = await approveContent(ctx, memberOf(interaction), id);
      await answer(interaction, { content: await approvedWords(ctx, approved.guild_id) });
    },
    /** Opens the form to approve a suggestion in other words. */
    [keys.content.edit]: async (ctx, interaction, [id = '']) => {
      const row = await requireSuggested(ctx, memberOf(interaction).guildId, id);
      await openForm(
        interaction,
        entryForm(ctx.t, customId(keys.content.editForm, row.kind, id), ctx.t.content.form.editTitle, row.kind, row),
      );
    },
    /** Opens the form to decline a suggestion. */
    [keys.content.decline]: async (ctx, interaction, [id = '']) => {
      await requireSuggested(ctx, memberOf(interaction).guildId, id);
      await openForm(interaction, declineForm(ctx.t, customId(keys.content.declineForm, id)));
    },
  },

  modals: {
    /** Keeps what was written, and shows how it will look. */
    [keys.content.addForm]: async (ctx, interaction, [kind]) => {
      await takeEntry(ctx, interaction, readKind(kind) ?? 'tip', '');
    },
    [keys.content.redraftForm]: async (ctx, interaction, [kind, id = '']) => {
      await takeEntry(ctx, interaction, readKind(kind) ?? 'tip', id);
    },
    [keys.content.editForm]: async (ctx, interaction, [kind, id = '']) => {
      const written = readEntry(interaction, readKind(kind) ?? 'tip');
      const approved = await approveContent(ctx, memberOf(interaction), id, written);
      await answer(interaction, { content: await approvedWords(ctx, approved.guild_id) });
    },
    [keys.content.declineForm]: async (ctx, interaction, [id = '']) => {
      await declineContent(ctx, memberOf(interaction), id, textIn(interaction, 'note'));
      await answer(interaction, { content: ctx.t.content.review.declinedAnswer });
    },
  },
} satisfies Command;

/** Keeps what was written, and shows how it will look. */
async function takeEntry(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  kind: 'tip' | 'prompt',
  id: string,
): Promise<void> {
  const by = memberOf(interaction);
  const written = readEntry(interaction, kind);
  const draft = id === '' ? await draftContent(ctx, by, written) : await redraftContent(ctx, by, id, written);
  await answer(interaction, previewCard(ctx.t, draft));
}

function titleOf(t: Texts, kind: 'tip' | 'prompt'): string {
  const text = t.content;
  return kind === 'tip' ? text.form.addTip : text.form.addPrompt;
}

async function approvedWords(ctx: ActContext, guildId: string): Promise<string> {
  const text = ctx.t.content;
  const isUnused = (await findGuild(ctx.db, guildId))?.content_mix === 'library';
  return isUnused ? text.review.approvedUnused : text.review.approvedAnswer;
}

function readState(state: string | null | undefined): ListedState {
  return listedStates.find((each) => each === state) ?? 'approved';
}
