import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
} from 'discord.js';
import { findAnnouncement } from '../../db/announcements.ts';
import { findGuild } from '../../db/guilds.ts';
import { repeatChoices } from '../../discord/recurrence.ts';
import { announcementChoices, timeChoices } from './choices.ts';
import { announcementForm, readForm } from './form.ts';
import { listCard } from './list.ts';
import { doneCard, everyoneCard, previewCard, sureCard } from './preview.ts';
import { postChannelTypes } from '../../discord/post-places.ts';
import { posterOf } from '../../discord/reach.ts';
import { readTag, tagChoices, tagOption } from '../../discord/tags.ts';
import type { Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { textsOfGuild } from '../../guild/language.ts';
import { cancelAnnouncement } from '../../posts/announcements/cancel.ts';
import {
  asksTwice,
  confirmAnnouncement,
  messageGone,
  noteMessageGone,
  originalOf,
  standingMessage,
} from '../../posts/announcements/confirm.ts';
import { isMessageDeleted } from '../../discord/presence.ts';
import {
  type Change,
  discardDraft,
  openChange,
  refusalOf,
  requireAnnouncement,
  startDraft,
  writeDraft,
} from '../../posts/announcements/drafts.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('announce')
    .setDescription(t.announcements.command.description)
    .addSubcommand((compose) =>
      compose
        .setName('compose')
        .setDescription(t.announcements.command.compose)
        .addChannelOption((option) =>
          option
            .setName('channel')
            .setDescription(t.announcements.command.channel)
            .addChannelTypes(...postChannelTypes),
        )
        .addStringOption(tagOption(t))
        .addRoleOption((option) => option.setName('role').setDescription(t.announcements.command.role))
        .addBooleanOption((option) => option.setName('everyone').setDescription(t.announcements.command.everyone))
        .addStringOption((option) =>
          option.setName('time').setDescription(t.announcements.command.time).setAutocomplete(true),
        )
        .addStringOption((option) =>
          option.setName('repeat').setDescription(t.announcements.command.repeat).setAutocomplete(true),
        )
        .addBooleanOption((option) => option.setName('crosspost').setDescription(t.announcements.command.crosspost)),
    )
    .addSubcommand((list) => list.setName('list').setDescription(t.announcements.command.list))
    .addSubcommand((edit) =>
      edit
        .setName('edit')
        .setDescription(t.announcements.command.edit)
        .addStringOption((option) =>
          option
            .setName('announcement')
            .setDescription(t.announcements.command.which)
            .setRequired(true)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option.setName('time').setDescription(t.announcements.command.newTime).setAutocomplete(true),
        )
        .addStringOption((option) =>
          option.setName('repeat').setDescription(t.announcements.command.newRepeat).setAutocomplete(true),
        )
        .addChannelOption((option) =>
          option
            .setName('channel')
            .setDescription(t.announcements.command.newChannel)
            .addChannelTypes(...postChannelTypes),
        )
        .addStringOption(tagOption(t))
        .addRoleOption((option) => option.setName('role').setDescription(t.announcements.command.newRole))
        .addBooleanOption((option) => option.setName('everyone').setDescription(t.announcements.command.newEveryone))
        .addBooleanOption((option) => option.setName('crosspost').setDescription(t.announcements.command.crosspost)),
    )
    .addSubcommand((cancel) =>
      cancel
        .setName('cancel')
        .setDescription(t.announcements.command.cancel)
        .addStringOption((option) =>
          option
            .setName('announcement')
            .setDescription(t.announcements.command.which)
            .setRequired(true)
            .setAutocomplete(true),
        ),
    );

/** Announcements, for moderators. */
export default {
  name: 'announce',
  for: 'moderators',
  data,

  subcommands: {
    compose,
    list: async (ctx, interaction) => {
      await requireGuild(ctx.db, interaction.guildId);
      await answer(interaction, await listCard(ctx, posterOf(interaction), 0));
    },
    edit: async (ctx, interaction) => {
      const { options } = interaction;
      const id = options.getString('announcement', true);
      const by = posterOf(interaction);
      const { channel_id: before } = await requireAnnouncement(ctx.db, by, id);
      const change = await openChange(ctx, by, id, readChange(interaction, before));
      await openForm(interaction, announcementForm(ctx.t, change));
    },
    cancel: async (ctx, interaction) => {
      const { done } = ctx.t.announcements;
      const id = interaction.options.getString('announcement', true);
      const before = await cancelAnnouncement(ctx, posterOf(interaction), id);
      const ended = before.cron === null ? done.cancelled : done.repeatEnded;
      await answer(interaction, { content: before.state === 'draft' ? done.discarded : ended });
    },
  },

  async autocomplete(ctx, interaction) {
    const { guildId, user } = interaction;
    const settings = await findGuild(ctx.db, guildId);
    // What moderators have in hand is nobody else's to read.
    if (!settings) return await suggest(interaction, []);
    const { zone } = settings;
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'tag') {
      const draft = await findAnnouncement(ctx.db, interaction.options.getString('announcement') ?? '');
      const usual = draft?.guild_id === guildId ? draft.channel_id : settings.announcements_channel_id;
      return await suggest(interaction, tagChoices(ctx.t, interaction, usual));
    }
    if (name === 'announcement')
      return await suggest(interaction, await announcementChoices(ctx.t, ctx, posterOf(interaction), value));
    if (name === 'repeat') return await suggest(interaction, repeatChoices(ctx.t, value, zone, ctx.now()));
    await suggest(interaction, await timeChoices(ctx.t, ctx, { guildId, userId: user.id, zone }, value));
  },

  buttons: {
    /** Posts, schedules or saves what was previewed; asks once more before everyone is notified. */
    [keys.announce.post]: async (ctx, interaction, [id = '', revision]) => {
      const announcement = await requireAnnouncement(ctx.db, posterOf(interaction), id);
      const isOpen = announcement.state === 'draft' || announcement.state === 'failed';
      const isAsSeen = isOpen && announcement.revision === Number(revision);
      if (isAsSeen && asksTwice(announcement, await originalOf(ctx.db, announcement))) {
        const texts = await channelTexts(ctx, interaction);
        const { guild } = placeOf(interaction);
        return await change(
          interaction,
          everyoneCard(ctx.t, texts, announcement, { name: guild.name, people: guild.memberCount }),
        );
      }
      await confirm(ctx, interaction, { id, revision: Number(revision), everyone: false });
    },
    /** The second confirmation: everyone is notified. */
    [keys.announce.everyone]: async (ctx, interaction, [id = '', revision]) => {
      await confirm(ctx, interaction, { id, revision: Number(revision), everyone: true });
    },
    /** Opens the form again, filled in. */
    [keys.announce.edit]: async (ctx, interaction, [id = '']) => {
      await openForm(interaction, announcementForm(ctx.t, await openChange(ctx, posterOf(interaction), id)));
    },
    /** Asks once before a draft, or a change, is thrown away: its words go with it. */
    [keys.announce.discard]: async (ctx, interaction, [id = '']) => {
      const draft = await requireAnnouncement(ctx.db, posterOf(interaction), id);
      await change(interaction, sureCard(ctx.t, draft, 'discard'));
    },
    /** Throws it away. */
    [keys.announce.discardNow]: async (ctx, interaction, [id = '']) => {
      const text = ctx.t.announcements;
      const { changes_id: changesId } = await discardDraft(ctx, posterOf(interaction), id);
      await change(interaction, { content: changesId === null ? text.done.discarded : text.done.changeDiscarded });
    },
    /** Asks once before an announcement is called off. */
    [keys.announce.cancel]: async (ctx, interaction, [id = '']) => {
      const announcement = await requireAnnouncement(ctx.db, posterOf(interaction), id);
      if (announcement.state === 'cancelled' || announcement.state === 'posted') throw refusalOf(announcement);
      await change(interaction, sureCard(ctx.t, announcement, 'cancel'));
    },
    /** Calls it off. */
    [keys.announce.cancelNow]: async (ctx, interaction, [id = '']) => {
      const text = ctx.t.announcements;
      const { cron } = await cancelAnnouncement(ctx, posterOf(interaction), id);
      await change(interaction, { content: cron === null ? text.done.cancelled : text.done.repeatEnded });
    },
    /** Shows one announcement of the list, or the preview again. */
    [keys.announce.open]: async (ctx, interaction, [id = '']) => {
      const viewer = { ...posterOf(interaction), guildName: placeOf(interaction).guild.name };
      const announcement = await requireAnnouncement(ctx.db, viewer, id);
      await change(interaction, await previewCard(ctx, await channelTexts(ctx, interaction), announcement, viewer));
    },
    /** Shows the list, like the command. */
    [keys.announce.list]: async (ctx, interaction) => {
      await requireGuild(ctx.db, memberOf(interaction).guildId);
      await answer(interaction, await listCard(ctx, posterOf(interaction), 0));
    },
    /** Turns the pages of the list. */
    [keys.announce.page]: async (ctx, interaction, [page]) => {
      await change(interaction, await listCard(ctx, posterOf(interaction), Number(page)));
    },
  },

  modals: {
    /** Keeps what was typed, and shows it exactly as it will be posted. */
    [keys.announce.form]: async (ctx, interaction, [id = '']) => {
      const by = { ...posterOf(interaction), guildName: placeOf(interaction).guild.name };
      const draft = await writeDraft(ctx, by, id, readForm(interaction));
      const preview = await previewCard(ctx, await channelTexts(ctx, interaction), draft, by);
      // In place of the one that it changes, whose buttons would be out of date.
      if (interaction.isFromMessage()) await change(interaction, preview);
      else await answer(interaction, preview);
    },
  },
} satisfies Command;

/** Channel posts use the guild's language, and their preview shows it. */
async function channelTexts(
  ctx: ActContext,
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
): Promise<Texts> {
  const settings = await requireGuild(ctx.db, memberOf(interaction).guildId);
  return textsOfGuild(ctx, settings, interaction.guild?.preferredLocale);
}

async function compose(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options } = interaction;
  const roleId = options.getRole('role')?.id ?? null;
  // The role that everybody has is named like the server: choosing it means everyone, with all that this needs.
  const isEveryone = roleId === interaction.guildId;
  const settings = await requireGuild(ctx.db, interaction.guildId);
  const channelId = options.getChannel('channel')?.id ?? settings.announcements_channel_id;
  if (channelId === null) throw new UserError((t) => t.announcements.refused.noChannel);
  const choices = {
    channelId,
    roleId: isEveryone ? null : roleId,
    everyone: isEveryone || options.getBoolean('everyone') === true,
    crosspost: options.getBoolean('crosspost') === true,
    tagId: readTag(interaction, channelId) ?? null,
    time: options.getString('time'),
    repeat: options.getString('repeat'),
  };
  const draft = await startDraft(ctx, posterOf(interaction), choices);
  await openForm(interaction, announcementForm(ctx.t, draft));
}

/**
 * The options to change, apart from the words. Choosing Discord's @everyone role means everyone.
 * @param before where it goes so far.
 */
function readChange(interaction: ChatInputCommandInteraction<'cached'>, before: string): Change {
  const { options, guildId } = interaction;
  const channelId = options.getChannel('channel')?.id;
  const roleId = options.getRole('role')?.id;
  const isEveryone = roleId === guildId;
  return {
    time: options.getString('time'),
    repeat: options.getString('repeat'),
    channelId,
    tagId: readTag(interaction, channelId ?? before),
    roleId: isEveryone ? undefined : roleId,
    everyone: isEveryone ? true : (options.getBoolean('everyone') ?? undefined),
    crosspost: options.getBoolean('crosspost') ?? undefined,
  };
}

async function confirm(
  ctx: ActContext,
  interaction: MessageComponentInteraction,
  seen: Parameters<typeof confirmAnnouncement>[2],
): Promise<void> {
  const by = posterOf(interaction);
  const standing = await standingMessage(ctx.db, by, seen.id);
  // Looked at now, while somebody waits for the answer: it must not promise what nobody will see.
  if (standing && (await isMessageDeleted(interaction.client, standing.channelId, standing.messageId))) {
    await noteMessageGone(ctx, by.guildId, standing.announcementId);
    throw messageGone(standing.channelId);
  }
  const announcement = await confirmAnnouncement(ctx, by, seen);
  await change(interaction, doneCard(ctx.t, announcement, announcement.id !== seen.id, ctx.now()));
}
