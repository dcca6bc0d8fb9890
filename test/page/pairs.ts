/** People who have found each other before anybody looks at the page. */
import type { Actor } from '../../sandbox/api.ts';
import { ask, register, requestAt, verify } from '../support/play.ts';
import { type Opened, soon } from './opened.ts';

/** Registers one of the personas in the role that they have, and verifies a mentor. */
export async function registerPersona(
  { stage, bot }: Pick<Opened, 'stage' | 'bot'>,
  name: string,
  timezone?: string,
): Promise<Actor> {
  const { actor, role, timeZone, registration } = stage.person(name);
  await register(actor, role === 'mentor' ? 'mentor' : 'mentee', {
    ...registration,
    timezone: timezone ?? timeZone,
    capacity: registration?.capacity ?? 2,
  });
  if (role === 'mentor') await verify({ moderator: stage.person('Thandiwe').actor }, actor);
  await bot.tick();
  return actor;
}

/** Lets a mentee ask a mentor, both registered, who accepts; resolves when their thread is there. */
export async function bringTogether(
  { stage, bot }: Pick<Opened, 'stage' | 'bot'>,
  mentor: Actor,
  mentee: Actor,
): Promise<void> {
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(stage, mentor, mentee));
  await soon({ bot }, `the thread of ${mentor.name} and ${mentee.name}`, () =>
    stage.guild.threads().some(({ memberIds }) => [mentor.id, mentee.id].every((id) => memberIds.includes(id))),
  );
}
