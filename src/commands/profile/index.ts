import { type ButtonInteraction, ButtonStyle, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import type { ProfileRole } from '../../db/schema.ts';
import type { Command } from '../../discord/command.ts';
import { button, row } from '../../discord/buttons.ts';
import { addEditOptions, completeProfileOption, findLanguage, readDraft, readRole, roleOption } from './options.ts';
import { chooseCard, continueWith, inRole } from './registration.ts';
import { ownCard, visibleCard } from './show.ts';
import { memberOf } from '../../discord/acting.ts';
import { registerDoors } from '../../discord/home/doors.ts';
import { answer, type Card, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { deleteMemberData, exportMember, hasDeletable } from '../../lifecycle/personal-data.ts';
import { type Draft, decodeDraft, draftOf } from '../../mentoring/profiles/draft.ts';
import { addLanguage } from '../../mentoring/profiles/languages.ts';
import { pauseDays } from '../../mentoring/profiles/limits.ts';
import { pauseMember, resumeMember } from '../../mentoring/profiles/pause.ts';
import { findOwnProfiles, findVisibleProfiles } from '../../mentoring/profiles/visible.ts';
import { audiences } from '../../discord/audience.ts';
import { ownDataCard, ownIn, privacyCard } from './privacy.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';
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
        .addIntegerOption(wholeNumber('days', t.profiles.command.pauseDays, pauseDays))
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
    delete: askWhetherToDelete,
  },

  async autocomplete(ctx, interaction) {
    await completeProfileOption(ctx.t, interaction, ctx.now());
  },

  buttons: {
    /** Shows one's own profile, like the command. */
    [keys.profile.show]: async (ctx, interaction) => await showOwn(ctx, interaction),
    /** Opens the form as the profile is now; whoever has two profiles is asked which, where the button does not say. */
    [keys.profile.editOwn]: async (ctx, interaction, [named]) => {
      await editWith(ctx, interaction, roleIn(named), (draft) => draft);
    },
    /** Is off the list until resumed, like the command without days. */
    [keys.profile.pause]: async (ctx, interaction, [named]) => await pauseAs(ctx, interaction, roleIn(named)),
    /** Is back on the list, like the command. */
    [keys.profile.resume]: async (ctx, interaction, [named]) => await resumeAs(ctx, interaction, roleIn(named)),
    /** Hands everything over, like the command. */
    [keys.profile.export]: exportData,
    /** Asks whether everything shall go, like the command. */
    [keys.profile.deletion]: askWhetherToDelete,
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
type Acting = Slash | ButtonInteraction;

/** A role out of a custom id; undefined where it names none. */
function roleIn(named: string | undefined): ProfileRole | undefined {
  return named === 'mentor' || named === 'mentee' ? named : undefined;
}

async function showOwn(ctx: ActContext, interaction: Acting): Promise<void> {
  const own = await findOwnProfiles(ctx, memberOf(interaction));
  if (own) return await answer(interaction, ownCard(ctx.t, own, ctx.now()));
  await answer(interaction, { content: ctx.t.profiles.notRegisteredYet, components: [row(...registerDoors(ctx.t))] });
}

async function show(ctx: ActContext, interaction: Slash): Promise<void> {
  const viewer = memberOf(interaction);
  const user = interaction.options.getUser('member');
  const now = ctx.now();
  if (user === null || user.id === viewer.userId) return await showOwn(ctx, interaction);
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
  const named = (draft: Draft) => readDraft(ctx.t, interaction, draft.role, ctx.now(), draft);
  await editWith(ctx, interaction, readRole(interaction), named, meantBy(interaction));
}

/**
 * Opens the form to change a profile, filled in.
 * @param named what the command's options change. @param meant whose options were named, where no role was.
 */
async function editWith(
  ctx: ActContext,
  interaction: Acting,
  role: ProfileRole | undefined,
  named: (draft: Draft) => Draft,
  meant?: ProfileRole,
): Promise<void> {
  const whose = memberOf(interaction);
  const own = await findOwnProfiles(ctx, whose);
  if (!own) throw new UserError((t) => t.profiles.refused.notRegistered);
  if (role && !inRole(own.profiles, role)) throw new UserError((t) => t.profiles.refused.notRegisteredAs(role));
  const drafts = own.profiles
    .filter((profile) => role === undefined || profile.role === role)
    .map((profile) => draftOf(profile, own.member));
  const [only] = drafts;
  if (only && drafts.length === 1) {
    return await continueWith(ctx, interaction, whose, named(only));
  }
  // Options of one role only say which profile is meant.
  const draft = drafts.find((one) => one.role === meant);
  if (draft) return await continueWith(ctx, interaction, whose, named(draft));
  await answer(interaction, chooseCard(ctx.t, drafts.map(named)));
}

function meantBy({ options }: Slash): 'mentor' | 'mentee' | undefined {
  if (options.getInteger('capacity') !== null || options.getString('accepts_from') !== null) return 'mentor';
  return options.getString('priority') === null ? undefined : 'mentee';
}

async function pause(ctx: ActContext, interaction: Slash): Promise<void> {
  await pauseAs(ctx, interaction, readRole(interaction), interaction.options.getInteger('days') ?? undefined);
}

async function pauseAs(
  ctx: ActContext,
  interaction: Acting,
  role: ProfileRole | undefined,
  days?: number,
): Promise<void> {
  const text = ctx.t.profiles;
  const { roles, until } = await pauseMember(ctx, memberOf(interaction), { days, role });
  const lines = [
    until === null ? text.paused.open(roles) : text.paused.until(roles, stamp(until)),
    ...roles.map((role) => text.paused[role]),
    text.paused.running,
  ];
  const [only] = roles.length === 1 ? roles : [];
  const back = button([keys.profile.resume, ...(only ? [only] : [])], text.resumeNow);
  await answer(interaction, { content: lines.join('\n'), components: [row(back)] });
}

async function resume(ctx: ActContext, interaction: Slash): Promise<void> {
  await resumeAs(ctx, interaction, readRole(interaction));
}

async function resumeAs(ctx: ActContext, interaction: Acting, role: ProfileRole | undefined): Promise<void> {
  const text = ctx.t.profiles;
  const whose = memberOf(interaction);
  const { roles, waitsSince } = await resumeMember(ctx, whose, { role });
  const own = await findOwnProfiles(ctx, whose);
  const mentor = own && roles.includes('mentor') ? inRole(own.profiles, 'mentor') : undefined;
  const isHeld = mentor !== undefined && ['waiting', 'declined', 'suspended'].includes(mentor.verification);
  const lines = [
    text.resumed(roles),
    ...(waitsSince === undefined ? [] : [text.resumedWaiting(stamp(waitsSince, 'D'))]),
    ...(isHeld ? [text.resumedUnverified] : []),
    ...roles.map((each) => text.resumedNext[each]),
  ];
  await answer(interaction, { content: lines.join('\n') });
}

async function exportData(ctx: ActContext, interaction: Acting): Promise<void> {
  const text = ctx.t.profiles;
  const held = await exportMember(ctx, memberOf(interaction));
  if (!held) return await answer(interaction, { content: text.exportedNothing });
  const name = `preceptor-${ctx.now().slice(0, 10)}.json`;
  const attachment = Buffer.from(`${JSON.stringify({ about: ctx.t.profiles.exportedAbout, ...held }, null, 2)}\n`);
  await answer(interaction, { content: text.exported, files: [{ name, attachment }] });
}

async function askWhetherToDelete(ctx: ActContext, interaction: Acting): Promise<void> {
  await answer(interaction, await deletionCard(ctx, interaction));
}

async function deletionCard(ctx: ActContext, interaction: Acting): Promise<Card> {
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
