import { listExamRulesToLookAt, planExamRuleLook } from '../db/exam-rules.ts';
import { findGuild } from '../db/guilds.ts';
import { keepExamRule } from '../discord/exam-rule.ts';
import { later } from '../time.ts';
import type { Job } from './job.ts';

/** Rules of one heartbeat, at one or two requests each. */
const perRun = 5;

/** Looks at each rule against exam content once a day: phrases that are new, another staff channel, one that was deleted. */
export const keepExamRules: Job = {
  name: 'keep-exam-rules',
  asksDiscord: true,
  async run(ctx, client) {
    for (const guildId of await listExamRulesToLookAt(ctx.db, ctx.now(), perRun)) {
      // Whatever comes of it, the others have their turn.
      await planExamRuleLook(ctx.db, guildId, later(ctx.now(), { days: 1 }));
      const guild = client.guilds.cache.get(guildId);
      const settings = await findGuild(ctx.db, guildId);
      if (guild?.available && settings && settings.left_at === null) await keepExamRule(ctx, guild, settings, true);
    }
  },
};
