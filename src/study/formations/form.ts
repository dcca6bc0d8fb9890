/** A formation: everybody who seeks a group, at once. Nothing of it is stored before it is published. */
import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { listBlocksIn } from '../../db/blocks.ts';
import { listHours } from '../../db/hours.ts';
import { listSuspended } from '../../db/protections.ts';
import { listPlacesTaken } from '../../db/study/members.ts';
import { listSeekers, type StoredSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { type FormInput, type FormPlan, groupSize, type Seeker } from '../../matching/form/index.ts';
import { epochMs } from '../../time.ts';
import { sessionMinutes } from '../limits.ts';
import { familiesOf, monthsOf, topicOf } from '../people.ts';
import { formInThread } from './thread/start.ts';

/** Groups as they would be formed now. */
export interface Formation {
  readonly plan: FormPlan;
  /** Stands for these very groups: whoever publishes has seen them. */
  readonly digest: string;
}

/** Two people of one topic are told apart by it, since somebody may seek several. */
const separator = ' ';

/**
 * Forms groups of everybody who waits and whose hours are known, in a thread of its own.
 * @throws UserError when fewer than three wait.
 */
export async function formNow(ctx: Context, guildId: string): Promise<Formation> {
  await requireGuild(ctx.db, guildId);
  const input = await readInput(ctx, guildId);
  if (input.seekers.length < groupSize.min) {
    const waiting = input.seekers.length;
    throw new UserError((t) => t.study.form.nothing(waiting));
  }
  const plan = await formInThread(input);
  const groups = plan.groups.map(({ members }) => members.join());
  return { plan, digest: createHash('sha256').update(groups.join('\n')).digest('hex').slice(0, 16) };
}

/** The same day gives the same groups of the same people. */
async function readInput(ctx: Context, guildId: string): Promise<FormInput> {
  const hours = new Map((await listHours(ctx.db, guildId, ctx.now())).map((each) => [each.user_id, each]));
  const blocks = await listBlocksIn(ctx.db, guildId);
  // Whoever is being asked already is not asked twice.
  const taken = new Set(
    (await listPlacesTaken(ctx.db, guildId)).map(({ userId, topic }) => seekerId({ user_id: userId, topic })),
  );
  const isSuspended = await listSuspended(ctx.db, ctx, guildId);
  const seekers = (await listSeekers(ctx.db, guildId)).filter(
    (each) => !taken.has(seekerId(each)) && !isSuspended(each.user_id),
  );
  // Only circles look at specialties, and they are a few.
  const families = new Map<string, readonly string[]>();
  for (const { kind, user_id: userId } of seekers) {
    if (kind === 'circle') families.set(userId, await familiesOf(ctx.db, { guildId, userId }));
  }
  return {
    seekers: seekers.flatMap((seeker): Seeker[] => {
      const own = hours.get(seeker.user_id);
      if (!own) return [];
      return [
        {
          id: seekerId(seeker),
          kind: seeker.kind,
          topic: topicOf(seeker),
          zone: own.zone,
          hours: own.windows,
          languages: seeker.languages,
          target: monthsOf(seeker.target_from, seeker.target_until),
          sessions: seeker.sessions,
          families: families.get(seeker.user_id) ?? [],
          blocked: (blocks.get(seeker.user_id) ?? []).map((userId) => seekerId({ ...seeker, user_id: userId })),
        },
      ];
    }),
    from: epochMs(ctx.now()),
    minutes: sessionMinutes.usual,
    seed: 1,
  };
}

function seekerId({ user_id: userId, topic }: Pick<StoredSeeker, 'user_id' | 'topic'>): string {
  return [userId, topic].join(separator);
}

/** Who a seeker in a plan is, and what they seek. */
export function readSeekerId(id: string): { readonly userId: string; readonly topic: string } {
  const [userId = '', topic = ''] = id.split(separator);
  return { userId, topic };
}
