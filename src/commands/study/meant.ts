/** What a command or a button under it means: a subject, a group, whoever acts. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { StudyGroup } from '../../db/study/groups.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { UserError } from '../../errors.ts';
import { listOwnGroups, requireMember } from '../../study/groups/member.ts';
import { type StudySubject, subjectFrom } from '../../study/topics.ts';

export type Slash = ChatInputCommandInteraction<'cached'>;

/** Places that a circle names, in characters. */
export const placeLength = 20;

/** What a command is about, out of its options. */
export function subjectOf({ options }: Slash): StudySubject {
  return requireSubject(options.getString('topic', true), options.getString('place') ?? '');
}

/** @throws UserError for what is no exam or circle. */
export function requireSubject(topic = '', place = ''): StudySubject {
  // Whatever a place holds beside letters would be no part of its name, and a colon ends a custom id's.
  const named = place.replaceAll(/[^\p{L}\p{M}\p{N} .'-]/gu, '').slice(0, placeLength);
  const subject = subjectFrom(topic, named);
  if (!subject) throw new UserError((t) => t.study.refused.topic);
  return subject;
}

/** The group that a command means: the only one, or the one named. */
export async function requireMeant(ctx: ActContext, interaction: Slash): Promise<StudyGroup> {
  const named = interaction.options.getString('group');
  const whose = memberOf(interaction);
  if (named !== null) return await requireMember(ctx.db, whose, named);
  const [group, another] = await listOwnGroups(ctx.db, whose);
  if (!group) throw new UserError((t) => t.study.show.none);
  if (another) throw new UserError((t) => t.study.refused.which);
  return group;
}
