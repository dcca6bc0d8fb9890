/** Mentors who offer office hours, and those who come. */
import { afterEach, beforeEach } from 'vitest';
import { listOfficePeople, type OfficeHour } from '../../../src/db/office-hours.ts';
import { offerOfficeHour } from '../../../src/mentoring/office-hours/offer.ts';
import { joinOfficeHour, standingIn } from '../../../src/mentoring/office-hours/places.ts';
import type { LookAtChannel } from '../../../src/mentoring/office-hours/run.ts';
import { later } from '../../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee } from '../../support/members.ts';

export let ctx: TestContext;
/** A database for each test of the file that calls this. */
export function eachWithDatabase(): void {
  beforeEach(async () => {
    ctx = await openTestContext();
  });
  afterEach(() => ctx.db.destroy());
}

export const by = (userId: string) => ({ guildId, userId });
export const channelId = '900000000000000050';
export const fine: LookAtChannel = () => 'fine';

/** In so many hours from now. */
export const inHours = (hours: number) => later(ctx.now(), { hours });

export async function offer(
  mentor: string,
  more: Partial<Parameters<typeof offerOfficeHour>[2]> = {},
): Promise<OfficeHour> {
  const usual = { startsAt: inHours(48), minutes: 60, topic: 'Interviews', places: 3, channelId };
  return await offerOfficeHour(ctx, by(mentor), { ...usual, ...more });
}

/** So many mentees who took a place, or wait. */
export async function comers(hour: OfficeHour, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = await addMentee(ctx);
    await joinOfficeHour(ctx, by(id), hour.id);
    ids.push(id);
    ctx.advance({ ms: 5 });
  }
  return ids;
}

export const standing = async (hour: OfficeHour, userId?: string) =>
  standingIn(await listOfficePeople(ctx.db, hour.id), userId);

/** What new letters somebody is owed, by what they say; taken as sent. */
export async function letters(userId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .select(['id', 'detail'])
    .where('user_id', '=', userId)
    .where('kind', '=', 'office-letter')
    .where('state', '=', 'owed')
    .where('message_id', 'is', null)
    .orderBy('created_at')
    .execute();
  await ctx.db
    .updateTable('notices')
    .set({ state: 'delivered', message_id: '1' })
    .where('user_id', '=', userId)
    .execute();
  return rows.map(({ detail }) => (JSON.parse(detail ?? '{}') as { part: string }).part).toSorted();
}
