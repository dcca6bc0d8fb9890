/**
 * How long a search takes when somebody has just changed something, beside a search after which nothing changed: in a
 * guild of each size alternately an edit, a registration, a request accepted or a pause, and a search by somebody else.
 *
 *   node bench/churn.ts [--mentors 1000,5000,25000] [--rounds 400]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findMember } from '../src/db/members.ts';
import { findProfile } from '../src/db/profiles.ts';
import { findMentors } from '../src/mentoring/find.ts';
import { draftOf } from '../src/mentoring/profiles/draft.ts';
import { pauseMember } from '../src/mentoring/profiles/pause.ts';
import { agreeToConduct, saveProfile } from '../src/mentoring/profiles/save.ts';
import { acceptRequest } from '../src/mentoring/requests/answer.ts';
import { requestMentor } from '../src/mentoring/requests/ask.ts';
import { openTestContext, testGuildId as guildId } from '../test/support/context.ts';
import { addCrowd, strangers } from '../test/support/crowd.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({
  options: {
    mentors: { type: 'string', default: '1000,5000,25000' },
    rounds: { type: 'string', default: '400' },
  },
});
const rounds = Number(values.rounds);

async function measure(size: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'preceptor-churn-'));
  try {
    const ctx = await openTestContext({ file: join(folder, 'bench.db') });
    const mentors = strangers(size, 200_000_000_000_000_000n);
    const mentees = strangers(rounds * 4 + 300, 300_000_000_000_000_000n);
    await addCrowd(ctx.db, guildId, { mentors, mentees });
    let newcomer = 400_000_000_000_000_000n;
    // Each act is by somebody else, so that none is refused; whoever searches has no part in it.
    const acts = [
      async function edit(i: number) {
        const userId = mentors[i % size]!;
        const profile = await findProfile(ctx.db, guildId, userId, 'mentor');
        const member = await findMember(ctx.db, guildId, userId);
        if (!profile || !member) throw new Error('nobody there');
        await agreeToConduct(ctx, { guildId, userId }, member.zone, 1);
        await saveProfile(ctx, { guildId, userId }, { ...draftOf(profile, member), capacity: 4 }, profile);
      },
      async function register() {
        newcomer += 1n;
        const whose = { guildId, userId: String(newcomer) };
        await agreeToConduct(ctx, whose, 'Asia/Karachi', 1);
        const draft = { role: 'mentor', zone: 'Asia/Karachi', country: null, showsCountry: false, capacity: 2, acceptsFrom: null, priority: null } as const; // prettier-ignore
        await saveProfile(ctx, whose, draft, {
          specialties: ['neurology'],
          stage: 'resident',
          languages: ['en', 'ur'],
          topics: ['interviews'],
          about: '',
        });
      },
      async function accept(i: number) {
        const menteeId = mentees[rounds * 2 + i]!;
        const found = await findMentors(ctx, guildId, menteeId);
        const mentorId = found.is === 'suggestions' ? found.mentors[0]?.profile.user_id : undefined;
        if (!mentorId) throw new Error('nobody to ask');
        const { request } = await requestMentor(ctx, { guildId, menteeId, mentorId, message: '' });
        await acceptRequest(ctx, mentorId, request.id);
      },
      async function pause(i: number) {
        await pauseMember(ctx, { guildId, userId: mentors[(i + (size >> 1)) % size]! }, { days: 30 });
      },
    ];
    const search = async (i: number) => {
      const from = performance.now();
      const found = await findMentors(ctx, guildId, mentees[i]!);
      if (found.is !== 'suggestions') throw new Error(found.is);
      return performance.now() - from;
    };
    // Untimed at first, so that the compiler has seen all of it before anything counts.
    for (let i = 0; i < 80; i += 1) {
      await acts[i % acts.length]!(rounds + i);
      await search(rounds * 2 - i - 1);
      await search(rounds * 2 - i - 1);
    }
    const [after, beside]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i += 1) {
      await acts[i % acts.length]!(i);
      // Not part of the search: what the act itself left to be written or collected.
      await new Promise(setImmediate);
      after.push(await search(i));
      beside.push(await search(rounds + (i % (rounds - 100))));
    }
    console.log(`\n${size.toLocaleString('en-US')} mentors, ${rounds} changes`);
    report('a search, nothing changed: p50', quantile(beside, 0.5), 'ms');
    report('a search after a change: p50', quantile(after, 0.5), 'ms');
    report('a search after a change: p99', quantile(after, 0.99), 'ms', { atMost: 5 });
    report('after a change / nothing changed', quantile(after, 0.5) / quantile(beside, 0.5), 'x', { atMost: 1.5 });
    ctx.advance({ hours: 1 });
    report('the first search of the next hour', await search(0), 'ms');
    await ctx.db.destroy();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const size of values.mentors.split(',')) await measure(Number(size));
