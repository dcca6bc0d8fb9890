import { ButtonStyle, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../../discord/command.ts';
import { button, row } from '../../discord/buttons.ts';
import { addEditOptions, completeProfileOption, findLanguage, readDraft, readRole, roleOption } from './options.ts';
import { chooseCard, continueWith, inRole } from './registration.ts';
import { ownCard, visibleCard } from './show.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, type Card, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { deleteMemberData, exportMember, hasDeletable } from '../../lifecycle/personal-data.ts';
import { decodeDraft, draftOf } from '../../mentoring/profiles/draft.ts';
import { addLanguage } from '../../mentoring/profiles/languages.ts';
import { pauseDays } from '../../mentoring/profiles/limits.ts';
import { pauseMember, resumeMember } from '../../mentoring/profiles/pause.ts';
import { findOwnProfiles, findVisibleProfiles } from '../../mentoring/profiles/visible.ts';
import { audiences } from '../../discord/audience.ts';
import { ownDataCard, ownIn, privacyCard } from './privacy.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('profile')
    .setDescription(t.profiles.command.description)
    .addSubcommand((show) =>
      show
        .setName('show')
        .setDescription(t.profiles.command.show)
        .addUserOption((option) => option.setName('member').setDescription(t.profiles.command.showMember)),
    )
    .addSubcommand((edit) => addEditOptions(t, edit.setName('edit').setDescription(t.profiles.command.edit)))
    .addSubcommand((pause) =>
      pause
        .setName('pause')
        .setDescription(t.profiles.command.pause)
        .addIntegerOption((option) =>
          option
            .setName('days')
            .setDescription(t.profiles.command.pauseDays)
            .setMinValue(pauseDays.min)
            .setMaxValue(pauseDays.max),
        )
        .addStringOption((each) => roleOption(t, each)),
    )
    .addSubcommand((resume) =>
      resume
        .setName('resume')
        .setDescription(t.profiles.command.resume)
        .addStringOption((each) => roleOption(t, each)),
    )
    .addSubcommand((language) =>
      language
        .setName('language')
        .setDescription(t.profiles.command.language)
        .addStringOption((option) =>
          option
            .setName('language')
            .setDescription(t.profiles.command.languageName)
            .setAutocomplete(true)
            .setRequired(true),
        )
        .addStringOption((each) => roleOption(t, each)),
    )
    .addSubcommand((exported) => exported.setName('export').setDescription(t.profiles.command.export))
    .addSubcommand((deletion) => deletion.setName('delete').setDescription(t.profiles.command.delete));

/** One's own profile, and what one may see of others. */
export default {
  name: 'profile',
  for: 'everyone',
  data,

  subcommands: {
    show,
    edit,
    pause,
    resume,
    language: nameLanguage,
    export: exportData,
    delete: async (ctx, interaction) => await answer(interaction, await deletionCard(ctx, interaction)),
  },

  async autocomplete(ctx, interaction) {
    await completeProfileOption(ctx.t, interaction, ctx.now());
  },

  buttons: {
    /** Opens the form to change a profile. */
    [keys.profile.edit]: async (ctx, interaction, args) => {
      const whose = memberOf(interaction);
      await requireGuild(ctx.db, whose.guildId);
      await continueWith(ctx, interaction, whose, decodeDraft(args));
    },

    /** Deletes everything that is kept about whoever presses it: the id names nobody. */
    [keys.profile.delete]: async (ctx, interaction) => {
      const text = ctx.t.profiles;
      const deleted = await deleteMemberData(ctx, memberOf(interaction));
      await change(interaction, { content: deleted ? text.deletion.done : text.deletion.nothing });
    },

    /** Shows what is kept about people, and whom to ask. */
    [keys.profile.privacy]: async (ctx, interaction) => await answer(interaction, privacyCard(ctx)),

    /** Shows, from a direct message, what is held in a guild that the bot or the person may have left. */
    [keys.profile.away]: async (ctx, interaction, [guildId]) => {
      await answer(interaction, await ownDataCard(ctx, ownIn(interaction, guildId)));
    },

    [keys.profile.deleteAway]: async (ctx, interaction, [guildId]) => {
      const text = ctx.t.profiles;
      const deleted = await deleteMemberData(ctx, ownIn(interaction, guildId));
      await change(interaction, { content: deleted ? text.deletion.done : text.deletion.nothing });
    },

    /** Leaves everything as it is. */
    [keys.profile.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.profiles.deletion.kept });
    },
  },
} satisfies Command;

type Slash = ChatInputCommandInteraction<'cached'>;

async function show(ctx: ActContext, interaction: Slash): Promise<void> {
  const viewer = memberOf(interaction);
  const user = interaction.options.getUser('member');
  const now = ctx.now();
  if (user === null || user.id === viewer.userId) {
    const own = await findOwnProfiles(ctx, viewer);
    return await answer(interaction, own ? ownCard(ctx.t, own, now) : { content: ctx.t.profiles.notRegisteredYet });
  }
  const mention = `<@${user.id}>`;
  if (user.bot) throw new UserError((t) => t.profiles.isBot(mention));
  const isModerator = audiences.moderators.admits(interaction);
  const shown = await findVisibleProfiles(ctx, { ...viewer, isModerator }, user.id);
  if (!shown) throw new UserError((t) => t.profiles.nothingPublic(mention));
  await answer(interaction, visibleCard(ctx.t, shown, isModerator ? 'moderator' : 'member', now));
}

async function nameLanguage(ctx: ActContext, interaction: Slash): Promise<void> {
  const typed = interaction.options.getString('language', true);
  const language = findLanguage(ctx.t, typed);
  await addLanguage(ctx, memberOf(interaction), language, readRole(interaction));
  await answer(interaction, { content: ctx.t.profiles.saved.language(ctx.t.words.language(language)) });
}

async function edit(ctx: ActContext, interaction: Slash): Promise<void> {
  const whose = memberOf(interaction);
  const role = readRole(interaction);
  const own = await findOwnProfiles(ctx, whose);
  if (!own) throw new UserError((t) => t.profiles.refused.notRegistered);
  if (role && !inRole(own.profiles, role)) throw new UserError((t) => t.profiles.refused.notRegisteredAs(role));
  const drafts = own.profiles
    .filter((profile) => role === undefined || profile.role === role)
    .map((profile) => draftOf(profile, own.member));
  const [only] = drafts;
  if (only && drafts.length === 1) {
    return await continueWith(ctx, interaction, whose, readDraft(ctx.t, interaction, only.role, ctx.now(), only));
  }
  // Options of one role only say which profile is meant.
  const meant = meantBy(interaction);
  const draft = drafts.find((one) => one.role === meant);
  if (draft)
    return await continueWith(ctx, interaction, whose, readDraft(ctx.t, interaction, draft.role, ctx.now(), draft));
  await answer(
    interaction,
    chooseCard(
      ctx.t,
      drafts.map((one) => readDraft(ctx.t, interaction, one.role, ctx.now(), one)),
    ),
  );
}

function meantBy({ options }: Slash): 'mentor' | 'mentee' | undefined {
  if (options.getInteger('capacity') !== null || options.getString('accepts_from') !== null) return 'mentor';
  return options.getString('priority') === null ? undefined : 'mentee';
}

async function pause(ctx: ActContext, interaction: Slash): Promise<void> {
  const text = ctx.t.profiles;
  const { roles, until } = await pauseMember(ctx, memberOf(interaction), {
    days: interaction.options.getInteger('days') ?? undefined,
    role: readRole(interaction),
  });
  const lines = [
    until === null ? text.paused.open(roles) : text.paused.until(roles, stamp(until)),
    ...roles.map((role) => text.paused[role]),
    text.paused.running,
  ];
  await answer(interaction, { content: lines.join('\n') });
}

async function resume(ctx: ActContext, interaction: Slash): Promise<void> {
  const text = ctx.t.profiles;
  const whose = memberOf(interaction);
  const { roles } = await resumeMember(ctx, whose, { role: readRole(interaction) });
  const own = await findOwnProfiles(ctx, whose);
  const mentor = own && roles.includes('mentor') ? inRole(own.profiles, 'mentor') : undefined;
  const isHeld = mentor !== undefined && ['waiting', 'declined', 'suspended'].includes(mentor.verification);
  await answer(interaction, { content: [text.resumed(roles), ...(isHeld ? [text.resumedUnverified] : [])].join('\n') });
}

async function exportData(ctx: ActContext, interaction: Slash): Promise<void> {
  const text = ctx.t.profiles;
  const held = await exportMember(ctx, memberOf(interaction));
  if (!held) return await answer(interaction, { content: text.exportedNothing });
  const name = `preceptor-${ctx.now().slice(0, 10)}.json`;
  const attachment = Buffer.from(`${JSON.stringify({ about: ctx.t.profiles.exportedAbout, ...held }, null, 2)}\n`);
  await answer(interaction, { content: text.exported, files: [{ name, attachment }] });
}

async function deletionCard(ctx: ActContext, interaction: Slash): Promise<Card> {
  const text = ctx.t.profiles;
  if (!(await hasDeletable(ctx, memberOf(interaction)))) return { content: text.deletion.nothing };
  return {
    embeds: [{ title: text.deletion.title, description: text.deletion.explain }],
    components: [
      row(
        button([keys.profile.delete], text.deletion.confirm, ButtonStyle.Danger),
        button([keys.profile.keep], text.deletion.keep),
      ),
    ],
  };
}
