import type { Client } from 'discord.js';
import type { Context } from '../context.ts';
import { servesFirstShard } from '../db/owned.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { EveryMinute } from '../time.ts';
import { askForHours } from './ask-for-hours.ts';
import { carryOutAnswersJob } from './carry-out-answers.ts';
import { carryOutOrders } from './carry-out-orders.ts';
import { greetMissed } from './greet-missed.ts';
import { goOnWithCasesJob } from './go-on-with-cases.ts';
import { checkPlansJob } from './check-plans.ts';
import { claimPosts } from './claim-posts.ts';
import { closeClaimsJob } from './close-claims.ts';
import { endRests } from './end-rests.ts';
import { endUndoing } from './end-undoing.ts';
import { expireRequestsJob } from './expire-requests.ts';
import { forgetDeletedMembers } from './forget-deleted.ts';
import { closeRoles } from './close-roles.ts';
import { formStudyGroups } from './form-study-groups.ts';
import type { Job } from './job.ts';
import { keepExamRules } from './keep-exam-rules.ts';
import { keepMatchWeek } from './keep-match-week.ts';
import { letGoOfRest } from './let-go-of-rest.ts';
import { lookAfterPairsJob } from './look-after-pairs.ts';
import { lookForThoseWithoutJob } from './look-for-those-without.ts';
import { nudgeMentorsJob } from './nudge-mentors.ts';
import { offerPlacesJob } from './offer-places.ts';
import { openRequestsJob } from './open-requests.ts';
import { overwriteDeletedRows } from './overwrite-deleted.ts';
import { publishRounds } from './publish-rounds.ts';
import { purgeLeavers } from './purge-leavers.ts';
import { purgeOldRows } from './purge-old.ts';
import { remindOfDatesJob } from './remind-of-dates.ts';
import { closeMonthsJob } from './close-months.ts';
import { reportWaitingJob } from './report-waiting.ts';
import { resumeProfiles } from './resume-profiles.ts';
import { runRoundPlans } from './run-round-plans.ts';
import { keepOfficeHoursJob } from './keep-office-hours.ts';
import { keepStudyGroups } from './keep-study-groups.ts';
import { sendWords } from './send-words.ts';
import { sweep } from './sweep.ts';
import { takeBackRounds } from './take-back-rounds.ts';

/** Every timed job, in the order in which they run at each heartbeat: last those that may have to wait for Discord. */
export const jobs: readonly Job[] = [
  checkPlansJob,
  claimPosts,
  remindOfDatesJob,
  keepMatchWeek,
  resumeProfiles,
  endRests,
  askForHours,
  keepStudyGroups,
  keepOfficeHoursJob,
  lookAfterPairsJob,
  sendWords,
  carryOutAnswersJob,
  nudgeMentorsJob,
  lookForThoseWithoutJob,
  expireRequestsJob,
  openRequestsJob,
  offerPlacesJob,
  reportWaitingJob,
  closeMonthsJob,
  goOnWithCasesJob,
  closeClaimsJob,
  takeBackRounds,
  runRoundPlans,
  publishRounds,
  formStudyGroups,
  carryOutOrders,
  letGoOfRest,
  forgetDeletedMembers,
  purgeOldRows,
  purgeLeavers,
  overwriteDeletedRows,
  closeRoles,
  endUndoing,
  keepExamRules,
  greetMissed,
  sweep,
];

/** The heartbeat: every job once a minute. */
interface Heartbeat {
  /** Runs every job once and delivers what became due; resolves when both are done. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Hangs the jobs on the minute, never two at a time.
 * @param keepTime done before the jobs: finds out what time it is.
 */
export function startHeartbeat(
  ctx: Context,
  client: Client<true>,
  outbox: Outbox,
  keepTime: () => Promise<void>,
  everyMinute: EveryMinute,
): Heartbeat {
  let last = Promise.resolve();
  const beat = (): Promise<void> => {
    last = last.then(() => runOnce(ctx, client, outbox, keepTime));
    return last;
  };
  // Deliveries go on beside the beats: while thousands of posts go out, what comes due meanwhile is not kept waiting.
  const begin = (): Promise<void> => {
    last = last.then(() => runJobs(ctx, client, keepTime, () => outbox.wake()));
    return last.then(() => outbox.wake());
  };
  const task = everyMinute(begin);
  return {
    beat,
    async stop() {
      await task.destroy();
      await last;
    },
  };
}

/** One heartbeat. It never fails: the next one waits for it. */
async function runOnce(
  ctx: Context,
  client: Client<true>,
  outbox: Outbox,
  keepTime: () => Promise<void>,
): Promise<void> {
  await runJobs(ctx, client, keepTime);
  try {
    await outbox.deliverDue();
  } catch (error) {
    ctx.log.error({ err: error }, 'delivery failed');
  }
}

/** @param beforeAsking done before the first job that may have to wait for Discord: nobody else waits for that. */
async function runJobs(
  ctx: Context,
  client: Client<true>,
  keepTime: () => Promise<void>,
  beforeAsking: () => void = () => undefined,
): Promise<void> {
  await keepTime();
  const firstToAsk = jobs.find(({ asksDiscord }) => asksDiscord);
  for (const job of jobs) {
    if (job === firstToAsk) beforeAsking();
    // A wrong clock must not end, purge or skip anything; what it holds back is done once the time is sure again.
    if (!job.goesByNoTime && !ctx.time.isSure()) continue;
    if (job.forAll && !servesFirstShard(ctx.db)) continue;
    try {
      await job.run({ ...ctx, bulk: true }, client);
    } catch (error) {
      // One job's fault must not silence the others.
      ctx.log.error({ err: error, job: job.name }, 'a job failed');
    }
  }
}
