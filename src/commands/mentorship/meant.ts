import type { ButtonInteraction, ChatInputCommandInteraction, User } from 'discord.js';
import { listLiveMentorshipsOf, type Mentorship } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { type Saying, UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';

export type Slash = ChatInputCommandInteraction<'cached'>;

/** The mentorship that a command is about. @throws UserError when there is none, or more than one could be meant. */
export async function requireMeant(ctx: ActContext, interaction: Slash): Promise<Mentorship> {
  return await requireWith(ctx, interaction, interaction.options.getUser('member'));
}

/** The mentorship that a button means without naming one. @throws UserError as for a command. */
export async function requireOnly(ctx: ActContext, interaction: ButtonInteraction): Promise<Mentorship> {
  return await requireWith(ctx, interaction, null);
}

async function requireWith(ctx: ActContext, interaction: Slash | ButtonInteraction, partner: User | null) {
  const { user } = interaction;
  const { guildId } = memberOf(interaction);
  await requireGuild(ctx.db, guildId);
  const own = await listLiveMentorshipsOf(ctx.db, guildId, user.id);
  const meant = partner ? own.filter((mentorship) => partnerIn(mentorship, user.id) === partner.id) : own;
  const [mentorship, another] = meant;
  if (!mentorship && partner) throw new UserError((t) => t.mentorship.noneWith(partner.id));
  if (!mentorship) throw new UserError(await sayNone(ctx, { guildId, userId: user.id }));
  // In its own thread it is clear which is meant.
  const here = meant.find(({ thread_id: threadId }) => threadId === interaction.channelId);
  if (another && !here) throw new UserError((t) => t.mentorship.which);
  return here ?? mentorship;
}

/** What whoever is in no mentorship can do: whoever is only a mentor here waits to be asked. */
export async function sayNone(ctx: ActContext, { guildId, userId }: Acting): Promise<Saying> {
  const isMentee = (await findProfile(ctx.db, guildId, userId, 'mentee')) !== undefined;
  const isMentor = (await findProfile(ctx.db, guildId, userId, 'mentor')) !== undefined;
  return (t) => (isMentor && !isMentee ? t.mentorship.none.mentor : t.mentorship.none.mentee);
}
