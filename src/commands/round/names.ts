import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import type { PreviewView } from '../../mentoring/rounds/view.ts';
import type { NameOf } from './csv.ts';

/** Discord's limit on the ids of one question for members. https://docs.discord.com/developers/events/gateway-events */
const idsAtOnce = 100;
/** Names that are asked for: a few questions of the 120 that the gateway takes in a minute. */
const mostAsked = 500;
/** How long a moderator waits for names, in milliseconds. */
const patienceMs = 3_000;

/**
 * The names under which the guild knows the people of a preview, for its file. Of a large round only the weakest pairs'
 * are asked for; the others are there by id, as are all where Discord does not answer in time.
 */
export async function findNames(ctx: Context, interaction: BaseInteraction, view: PreviewView): Promise<NameOf> {
  const { guild } = interaction;
  if (!guild) return () => undefined;
  const cached = guild.members.cache;
  const people = [
    ...view.pairs.flatMap((pair) => [pair.mentee_id, pair.mentor_id]),
    ...view.left.map((one) => one.mentee_id),
  ];
  const unknown = [...new Set(people)].filter((id) => !cached.has(id)).slice(0, mostAsked);
  const names = new Map<string, string>();
  const ask = async (user: string[]) => {
    try {
      for (const [id, member] of await guild.members.fetch({ user, time: patienceMs }))
        names.set(id, member.displayName);
    } catch (error) {
      ctx.log.warn({ err: error }, 'names for the file of a round could not be learned');
    }
  };
  const parts: string[][] = [];
  for (let from = 0; from < unknown.length; from += idsAtOnce) parts.push(unknown.slice(from, from + idsAtOnce));
  await Promise.all(parts.map(ask));
  return (userId) => names.get(userId) ?? cached.get(userId)?.displayName;
}
