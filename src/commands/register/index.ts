import { type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { codeOfConduct } from '../../content/index.ts';
import { findMember } from '../../db/members.ts';
import { countMentorshipsOfMentor } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { readForm } from '../profile/form.ts';
import { addRegistrationOptions, completeProfileOption, readDraft } from '../profile/options.ts';
import { anotherLanguage } from '../../mentoring/profiles/limits.ts';
import { alreadyCard, continueWith, nextCard, openProfileForm, savedCard } from '../profile/registration.ts';
import { memberOf } from '../../discord/acting.ts';
import { textIn } from '../../discord/forms.ts';
import { homeCard } from '../../discord/home/index.ts';
import { answer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { decodeDraft, draftOf, firstDraftOf, newDraft } from '../../mentoring/profiles/draft.ts';
import { requireZone } from '../../guild/zones.ts';
import { agreeToConduct, saveProfile } from '../../mentoring/profiles/save.ts';
import { keys } from '../../discord/keys.ts';
import { zoneField, zoneForm, zoneMeant } from '../../discord/zones.ts';
import type { Texts } from '../../texts/en.ts';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('register')
    .setDescription(t.profiles.register.description)
    .addSubcommand((mentor) =>
      addRegistrationOptions(t, mentor.setName('mentor').setDescription(t.profiles.register.mentor), 'mentor'),
    )
    .addSubcommand((mentee) =>
      addRegistrationOptions(t, mentee.setName('mentee').setDescription(t.profiles.register.mentee), 'mentee'),
    );

/** Goes on to the form with what the options say; whoever is registered already is asked what they mean. */
async function register(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction<'cached'>,
  role: ProfileRole,
): Promise<void> {
  const whose = memberOf(interaction);
  await requireGuild(ctx.db, whose.guildId);
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  const profile = await findProfile(ctx.db, whose.guildId, whose.userId, role);
  const kept = member && (profile ? draftOf(profile, member) : firstDraftOf(role, member));
  const draft = readDraft(ctx.t, interaction, role, ctx.now(), kept);
  // Whoever left and came back registers again, with the form filled in as it was.
  if (profile && member?.left_at === null) await answer(interaction, alreadyCard(ctx.t, draft));
  else await continueWith(ctx, interaction, whose, draft);
}

/** A role out of a custom id. @throws UserError when it is none. */
function requireRole(named: string | undefined): ProfileRole {
  if (named !== 'mentor' && named !== 'mentee') throw new UserError((t) => t.common.outdated);
  return named;
}

/** Registering: options, once the code of conduct, then one form. */
export default {
  name: 'register',
  for: 'everyone',
  data,

  subcommands: {
    mentor: async (ctx, interaction) => await register(ctx, interaction, 'mentor'),
    mentee: async (ctx, interaction) => await register(ctx, interaction, 'mentee'),
  },

  async autocomplete(ctx, interaction) {
    await completeProfileOption(ctx.t, interaction, ctx.now());
  },

  buttons: {
    /** Comes in by a door: in one press where everything is known, else the time zone is asked for. */
    [keys.register.door]: async (ctx, interaction, [named]) => {
      const role = requireRole(named);
      const whose = memberOf(interaction);
      await requireGuild(ctx.db, whose.guildId);
      const member = await findMember(ctx.db, whose.guildId, whose.userId);
      if (!member) {
        const text = ctx.t.home.zone;
        const form = zoneForm(ctx.t, [keys.register.zoneForm, role], { title: text.title, label: text.label });
        return await openForm(interaction, form);
      }
      const profile = await findProfile(ctx.db, whose.guildId, whose.userId, role);
      if (profile && member.left_at === null) {
        const home = await homeCard(ctx, interaction);
        return await answer(interaction, { ...home, content: ctx.t.home.already[role] });
      }
      const draft = profile ? draftOf(profile, member) : firstDraftOf(role, member);
      await continueWith(ctx, interaction, whose, draft);
    },
    /** Agrees to the code of conduct and opens the form. */
    [keys.register.agree]: async (ctx, interaction, args) => {
      const whose = memberOf(interaction);
      const draft = decodeDraft(args);
      const version = Number(args.at(-1));
      await requireGuild(ctx.db, whose.guildId);
      if (version !== codeOfConduct.version) throw new UserError((t) => t.profiles.refused.conductChanged);
      // Together: the form has to be the first answer, and may come back sooner than a slow disk has noted the consent.
      await Promise.all([
        agreeToConduct(ctx, whose, draft.zone, version),
        openProfileForm(ctx, interaction, whose, draft),
      ]);
    },
  },

  menus: {
    /** Goes on with the time zone that was chosen. */
    [keys.register.zone]: async (ctx, interaction, [named]) => {
      const zone = requireZone(interaction.values[0] ?? '', ctx.now());
      await continueWith(ctx, interaction, memberOf(interaction), newDraft(requireRole(named), zone));
    },
  },

  modals: {
    /** Goes on with the time zone that was typed, or asks which is meant. */
    [keys.register.zoneForm]: async (ctx, interaction, [named]) => {
      const role = requireRole(named);
      const typed = textIn(interaction, zoneField);
      const zone = zoneMeant(ctx.t, [keys.register.zone, role], typed, ctx.now());
      const isCertain = typeof zone === 'string';
      await answer(interaction, isCertain ? await nextCard(ctx, memberOf(interaction), newDraft(role, zone)) : zone);
    },
    /** Saves a profile, new or changed. */
    [keys.register.form]: async (ctx, interaction, args) => {
      const whose = memberOf(interaction);
      const draft = decodeDraft(args);
      const answers = readForm(interaction);
      const saved = await saveProfile(ctx, whose, draft, answers);
      const taken = await countMentorshipsOfMentor(ctx.db, whose.guildId, whose.userId);
      const namesAnother = answers.languages.includes(anotherLanguage);
      await answer(interaction, savedCard(ctx.t, saved, { zone: draft.zone, taken, namesAnother }, ctx.now()));
    },
  },
} satisfies Command;
