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
import { alreadyCard, continueWith, openProfileForm, savedCard } from '../profile/registration.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { decodeDraft, draftOf, firstDraftOf } from '../../mentoring/profiles/draft.ts';
import { agreeToConduct, saveProfile } from '../../mentoring/profiles/save.ts';
import { keys } from '../../discord/keys.ts';
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

  modals: {
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
