/** A community that is already running when a visitor comes: set up, mentors verified, one waiting, mentees registered. */
import type { Actor } from '../api.ts';
import { worldOf } from '../index.ts';
import { registrationFields, type Persona } from '../personas.ts';
import type { Stage } from './stage.ts';

/** Has not registered yet: the tour begins with her. */
export const newcomer = 'Amara';
/** Has registered, and waits for a moderator. */
export const waitingMentor = 'Ifeoma';
export const moderator = 'Thandiwe';

/** Wait for a study group when a visitor comes: an hour to the east of the newcomer, and four. */
export const seekers = ['Karim', 'Sana'] as const;
/** Who claims what may not be true, who offers what nobody may pass on, and where. */
export const claimant = 'Andrés';
export const offerer = 'Liza';
export const lobby = 'introductions';

const introductions = [
  [moderator, 'Welcome! Say in a line or two who you are. To find a mentor, or to become one: **/register**.'],
  ['Karim', 'Karim, neurology in Cairo. Three weeks to Step 2 CK, and counting the coffee.'],
  ['Mariana', 'Mariana, family medicine in Miami. *Pregunten lo que quieran*, I have been lost in most of it myself.'],
  [newcomer, 'Amara, house officer in Lagos. I found this place after a night shift. Where do I start?'],
] as const;

const prepared = new WeakSet<Stage>();

/** Whether a community was made to run before a visitor comes. */
export const isPrepared = (stage: Stage): boolean => prepared.has(stage);

/** Sets the guild up as a moderator would, and lets everybody but the newcomer register. */
export async function prepare(stage: Stage, people: readonly Persona[]): Promise<void> {
  const { sandbox, guild } = stage;
  const host = stage.person(moderator).actor;
  await host.press('Set it up', await host.slash('setup start', { timezone: 'America/New_York' }));
  for (const { name, role, registration } of people) {
    if (!registration || name === newcomer) continue;
    const { actor } = stage.person(name);
    await register(actor, stage.person(name));
    if (role !== 'mentor' || name === waitingMentor) continue;
    await host.slash('mentors verify', { member: actor, level: registration.stage, method: 'video-call' });
  }
  for (const [name, text] of introductions) guild.as(name).say('introductions', text);
  for (const name of seekers) await seek(stage.person(name).actor);
  guild.as(claimant).say(lobby, 'Good to know: an OET result is valid for life.');
  guild.as(offerer).say(lobby, 'I was sent a file with real questions from June. Who wants it?');
  prepared.add(stage);
  // A visitor sees what waits for them, not the answers to what led to it.
  for (const user of worldOf(sandbox).users.values()) user.ephemerals.clear();
}

async function register(actor: Actor, { role, timeZone, registration }: Persona): Promise<void> {
  if (!registration) return;
  const { capacity, country } = registration;
  const first = await actor.slash(`register ${role}`, {
    timezone: timeZone,
    country,
    ...(capacity === undefined ? {} : { capacity }),
  });
  if (first.kind !== 'modal') await actor.press('I agree', first);
  await actor.submit(registrationFields(registration));
}

/** Enters a wide week, and waits for a study group. */
async function seek(actor: Actor): Promise<void> {
  const day = ['08-12', '12-15', '15-18', '18-21', '21-24'];
  await actor.slash('hours edit');
  await actor.submit({ Weekdays: day, Weekend: day });
  await actor.slash('study match', { topic: 'oet' });
  await actor.submit({
    'When is the exam, or what you work toward?': ['none'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
  });
}
