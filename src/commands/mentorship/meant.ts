import type { ChatInputCommandInteraction } from 'discord.js';
import { listLiveMentorshipsOf, type Mentorship } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import type { ActContext } from '../../discord/command.ts';
import { type Saying, UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';

export type Slash = ChatInputCommandInteraction<'cached'>;

/** The mentorship that a command is about. @throws UserError when there is none, or more than one could be meant. */
export async function requireMeant(ctx: ActContext, interaction: Slash): Promise<Mentorship> {
  const { options, user, guildId } = interaction;
  await requireGuild(ctx.db, guildId);
  const partner = options.getUser('member');
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
