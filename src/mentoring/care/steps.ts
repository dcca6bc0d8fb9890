/**
 * Pure: what the bot does of its own accord so that a pair lasts, and when. Few questions, asked in time; silence is asked,
 * then closed kindly. Each end was announced a week before, whatever has delayed it.
 */
import type { CheckInKind, MeetingState, Pace, ProfileRole } from '../../db/schema.ts';
import { type Instant, later } from '../../time.ts';
import { paceDays } from '../meetings/pace.ts';

/** Days and hours of the timeline; days count from the start where nothing else is said. */
const timeline = {
  /** Hours after which the bot itself finds times, or asks for hours. */
  firstTimesHours: 72,
  firstWeek: 7,
  needsLook: 14,
  warning: 21,
  /** Days from a question to the warning, and from the warning to the end. */
  warningAfterQuestion: 14,
  endAfterWarning: 7,
  /** Days after a sign of life until the same is asked again. */
  askedAgain: 14,
  fitFirst: 30,
  fitEvery: 60,
  /** Days for which no question about the fit follows another: after the third meeting, and while somebody is deciding. */
  fitApart: 21,
  silence: 35,
  endAfterSilence: 7,
  dueBefore: 14,
  /** Days that a planned end is moved to where the question came late. */
  dueAtLeast: 7,
  /** Days after which a meeting of which nobody said anything counts as missed. */
  settled: 7,
} as const;

/** Unprompted notices to one person about one mentorship: at most so many in so many days. */
const budget = { most: 2, days: 7 } as const;

/** A meeting, as far as it counts here. */
interface MeetingFact {
  readonly id: string;
  readonly state: MeetingState;
  readonly proposed_by: ProfileRole | 'bot';
  readonly proposed_at: Instant;
  readonly starts_at: Instant | null;
  readonly ends_at: Instant | null;
  readonly agreed_at: Instant | null;
  readonly said_at: Instant | null;
  readonly closed_at: Instant | null;
}

/** A question, as far as it counts here. */
interface CheckInFact {
  readonly user_id: string;
  readonly kind: CheckInKind;
  readonly asked_at: Instant;
  readonly answer: string | null;
  readonly answered_at: Instant | null;
  readonly until: Instant | null;
}

/** What is known of a pair. */
export interface PairFacts {
  readonly people: readonly [mentor: string, mentee: string];
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** `own`: one of the two let it rest, as far as the other can tell; `other`: it rests for a reason that is not theirs. */
  readonly rest: 'none' | 'own' | 'other';
  /** When it last went on after a rest. */
  readonly wokeAt: Instant | null;
  readonly quietUntil: Instant | null;
  /** The end of the guild's quiet weeks, while they are. */
  readonly guildQuietUntil: Instant | undefined;
  readonly pace: Pace;
  readonly knowsHours: readonly [mentor: boolean, mentee: boolean];
  readonly meetings: readonly MeetingFact[];
  readonly checkIns: readonly CheckInFact[];
  readonly hasGoals: boolean;
}

/** What is done now. */
export type Step =
  | { readonly do: 'complete' }
  | { readonly do: 'end'; readonly reason: 'completed' | 'never-met' | 'faded' }
  | { readonly do: 'extend'; readonly dueAt: Instant }
  | { readonly do: 'settle'; readonly meetingId: string }
  | {
      readonly do: 'ask';
      readonly kind: Extract<CheckInKind, 'first-week' | 'warning' | 'fit' | 'silence' | 'due'>;
      readonly userId: string;
    }
  | { readonly do: 'thread'; readonly kind: Extract<CheckInKind, 'times' | 'hours' | 'goal' | 'next'> };

/** What is done now, and when to look again. */
export interface Look {
  readonly steps: readonly Step[];
  readonly next: Instant;
}

/** Nothing is planned for longer: what somebody changes is looked at anyway. */
const longestDays = 7;

/** What is to be done for a pair at a moment. */
export function lookAfter(facts: PairFacts, now: Instant): Look {
  const steps: Step[] = [];
  const times: Instant[] = [later(now, { days: longestDays })];
  /** Whether a moment has come; else it is looked at again then. */
  const isDue = (at: Instant): boolean => {
    if (at <= now) return true;
    times.push(at);
    return false;
  };
  const look = (): Look => ({ steps, next: times.reduce((a, b) => (a < b ? a : b)) });
  const asked = (...kinds: CheckInKind[]) => facts.checkIns.filter(({ kind }) => kinds.includes(kind));
  const latest = (moments: readonly (Instant | null | undefined)[]): Instant =>
    moments.reduce<Instant>((a, b) => (b && b > a ? b : a), facts.startedAt);

  for (const meeting of facts.meetings) {
    if (meeting.state !== 'agreed' || meeting.ends_at === null) continue;
    if (isDue(later(meeting.ends_at, { days: timeline.settled }))) steps.push({ do: 'settle', meetingId: meeting.id });
    times.push(...(meeting.ends_at > now ? [meeting.ends_at] : []));
  }

  const isQuiet = facts.quietUntil !== null && facts.quietUntil > now;
  const dueAsked = asked('due').filter(({ asked_at: at }) => at >= dueCycleFrom(facts.dueAt));
  if (isDue(facts.dueAt)) {
    if (facts.rest === 'other') return { ...look(), steps: [...steps, { do: 'end', reason: 'completed' }] };
    if (facts.rest === 'own') return { ...look(), steps: [...steps, { do: 'complete' }] };
  }
  if (facts.rest !== 'none') return look();
  if (isQuiet && facts.quietUntil !== null && !isDue(facts.quietUntil)) return look();
  if (facts.guildQuietUntil !== undefined && !isDue(facts.guildQuietUntil)) return look();

  // The planned end: asked two weeks before, and at least one week before whatever has delayed the question.
  const firstAsked = dueAsked.map(({ asked_at: at }) => at).toSorted()[0];
  if (isDue(later(facts.dueAt, { days: -timeline.dueBefore }))) {
    const least = later(firstAsked ?? now, { days: timeline.dueAtLeast });
    if (facts.dueAt <= now && least <= now) return { ...look(), steps: [...steps, { do: 'complete' }] };
    if (facts.dueAt < least) steps.push({ do: 'extend', dueAt: least });
    else isDue(facts.dueAt);
  }

  const held = facts.meetings.filter(({ state }) => state === 'held');
  const upcoming = facts.meetings.find(({ state, ends_at: end }) => state === 'agreed' && end !== null && end > now);
  const open = facts.meetings.find(
    ({ state, ends_at: end }) => state === 'proposed' || (state === 'agreed' && (end ?? '') > now),
  );
  const quietOver = facts.quietUntil !== null && facts.quietUntil <= now ? facts.quietUntil : null;
  const alive = latest([
    facts.wokeAt,
    quietOver,
    ...facts.checkIns.map(({ answered_at: at }) => at),
    ...facts.meetings.flatMap((meeting) => [
      meeting.proposed_by === 'bot' ? null : meeting.proposed_at,
      meeting.agreed_at,
      meeting.said_at,
      meeting.state === 'held' ? meeting.starts_at : null,
    ]),
  ]);

  const candidates: Step[] = [];
  const wantAsk = (kind: Extract<Step, { do: 'ask' }>['kind'], who: readonly string[] = facts.people): void => {
    for (const userId of who) candidates.push({ do: 'ask', kind, userId });
  };

  if (held.length === 0 && !upcoming) {
    const questions = asked('first-week');
    const lastQuestion = questions.at(-1)?.asked_at;
    const warned = asked('warning').at(-1)?.asked_at;
    const until =
      questions
        .map((each) => each.until)
        .toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
        .at(-1) ?? null;
    if (lastQuestion === undefined) {
      const at = latest([
        later(facts.startedAt, { days: timeline.firstWeek }),
        alive > facts.startedAt ? later(alive, { days: 4 }) : null,
      ]);
      if (isDue(at)) wantAsk('first-week');
    } else if (alive >= lastQuestion) {
      // Somebody is there: asked again, later.
      const at = latest([later(alive, { days: timeline.askedAgain }), until]);
      if (isDue(at)) wantAsk('first-week');
    } else if (warned !== undefined && warned > lastQuestion) {
      const isWarnedBoth = facts.people.every((id) => asked('warning').some((each) => each.user_id === id && each.asked_at > lastQuestion)); // prettier-ignore
      if (isWarnedBoth && isDue(later(warned, { days: timeline.endAfterWarning })))
        return { ...look(), steps: [...steps, { do: 'end', reason: 'never-met' }] };
      wantAsk('warning', facts.people.filter((id) => !asked('warning').some((each) => each.user_id === id && each.asked_at > lastQuestion))); // prettier-ignore
    } else {
      wantAsk('first-week', facts.people.filter((id) => !questions.some((each) => each.user_id === id && each.asked_at >= later(lastQuestion, { days: -budget.days })))); // prettier-ignore
      const at = latest([later(facts.startedAt, { days: timeline.warning }), later(lastQuestion, { days: timeline.warningAfterQuestion })]); // prettier-ignore
      if (isDue(at)) wantAsk('warning');
    }
  }
  if (held.length > 0 && !upcoming) {
    const silent = asked('silence').filter(
      ({ asked_at: at, answered_at: answeredAt }) => at > alive && answeredAt === null,
    );
    if (silent.length > 0) {
      const missing = facts.people.filter((id) => !silent.some(({ user_id: userId }) => userId === id));
      const lastSilence = silent.at(-1)?.asked_at ?? now;
      if (missing.length > 0) wantAsk('silence', missing);
      else if (isDue(later(lastSilence, { days: timeline.endAfterSilence })))
        return { ...look(), steps: [...steps, { do: 'end', reason: 'faded' }] };
    } else if (isDue(later(alive, { days: timeline.silence }))) wantAsk('silence');
  }
  // The planned end.
  if (facts.dueAt <= later(now, { days: timeline.dueBefore })) {
    wantAsk(
      'due',
      facts.people.filter((id) => !dueAsked.some(({ user_id: userId }) => userId === id)),
    );
  }
  if (held.length > 0) for (const id of facts.people) if (isFitDue(facts, id, held, isDue)) wantAsk('fit', [id]);

  // In their thread.
  const isBare = facts.meetings.every(({ proposed_by: by, state }) => by === 'bot' && state !== 'held');
  if (isBare && held.length === 0 && isDue(later(facts.startedAt, { hours: timeline.firstTimesHours }))) {
    const both = facts.knowsHours.every(Boolean);
    if (both && asked('times').length === 0) candidates.push({ do: 'thread', kind: 'times' });
    if (!both && asked('hours', 'times').length === 0) candidates.push({ do: 'thread', kind: 'hours' });
  }
  const lastHeld = held
    .map(({ starts_at: at }) => at ?? '')
    .toSorted()
    .at(-1);
  if (lastHeld !== undefined && !facts.hasGoals && asked('goal').length === 0)
    candidates.push({ do: 'thread', kind: 'goal' });
  const days = paceDays[facts.pace];
  if (
    lastHeld !== undefined &&
    days !== undefined &&
    !open &&
    !asked('next').some(({ asked_at: at }) => at > lastHeld)
  ) {
    if (isDue(later(lastHeld, { days: Math.max(1, days - nextBeforeDays) })))
      candidates.push({ do: 'thread', kind: 'next' });
  }

  spend(facts, now, candidates, steps, times);
  return look();
}

/** A question about the planned end counts for it when it was asked so many days before, or since: an extension begins anew. */
const dueCycleDays = 27;

/** When a question about this planned end may have been asked at the earliest. */
export function dueCycleFrom(dueAt: Instant): Instant {
  return later(dueAt, { days: -dueCycleDays });
}
/** Days before the pace says at which the next meeting is offered: people plan their weeks. */
const nextBeforeDays = 5;

/** Whether somebody is to be asked how it fits: after a month and every two, after the third meeting, while deciding. */
function isFitDue(
  facts: PairFacts,
  userId: string,
  held: readonly MeetingFact[],
  isDue: (at: Instant) => boolean,
): boolean {
  const own = facts.checkIns.filter((each) => each.kind === 'fit' && each.user_id === userId);
  const last = own.at(-1);
  const third = held.map(({ starts_at: at }) => at ?? '').toSorted()[2];
  if (!last) return isDue(later(facts.startedAt, { days: timeline.fitFirst })) || third !== undefined;
  if (last.answer === 'deciding' && last.answered_at !== null) {
    const answeredAt = last.answered_at;
    const hasMetSince = held.some(({ starts_at: at }) => (at ?? '') > answeredAt);
    return hasMetSince || isDue(later(answeredAt, { days: timeline.fitApart }));
  }
  const apart = later(last.asked_at, { days: timeline.fitApart });
  if (third !== undefined && third > last.asked_at) return isDue(apart);
  return isDue(later(last.asked_at, { days: timeline.fitEvery }));
}

/** Takes of what is wanted as much as people may be asked; what would be a third notice waits. */
function spend(facts: PairFacts, now: Instant, wanted: readonly Step[], steps: Step[], times: Instant[]): void {
  const since = later(now, { days: -budget.days });
  const lately = new Map(
    facts.people.map((id) => [
      id,
      facts.checkIns.filter((each) => each.user_id === id && each.asked_at > since).map((each) => each.asked_at),
    ]),
  );
  for (const step of wanted) {
    const who = step.do === 'ask' ? [step.userId] : facts.people;
    const full = who.filter((id) => (lately.get(id) ?? []).length >= budget.most);
    if (full.length > 0) {
      for (const id of full) {
        const oldest = (lately.get(id) ?? []).toSorted().at(-budget.most) ?? now;
        times.push(later(oldest, { days: budget.days, ms: 1 }));
      }
      continue;
    }
    for (const id of who) lately.set(id, [...(lately.get(id) ?? []), now]);
    steps.push(step);
  }
}

/** How a pair stands, as a fact and no forecast. */
export type Health =
  | { readonly is: 'too-early' | 'on-track' | 'quiet' | 'resting' }
  | { readonly is: 'needs-look'; readonly why: 'never-met' | 'long-ago' | 'asked-staff'; readonly since: Instant };

/** Pure: how a pair stands at a moment. */
export function healthOf(facts: PairFacts, now: Instant): Health {
  if (facts.rest !== 'none') return { is: 'resting' };
  const askedAt = staffAskedAt(facts);
  if (askedAt !== undefined) return { is: 'needs-look', why: 'asked-staff', since: askedAt };
  if (facts.quietUntil !== null && facts.quietUntil > now) return { is: 'quiet' };
  if (now < later(facts.startedAt, { days: timeline.needsLook })) return { is: 'too-early' };
  const days = Math.ceil((paceDays[facts.pace] ?? 28) * 1.5) + 7;
  const since = later(now, { days: -days });
  const met = facts.meetings.filter(
    ({ state, ends_at: end }) => state === 'held' || (state === 'agreed' && (end ?? '') > now),
  );
  const last = met
    .map(({ starts_at: at }) => at ?? '')
    .toSorted()
    .at(-1);
  if (last === undefined) return { is: 'needs-look', why: 'never-met', since: facts.startedAt };
  return last > since ? { is: 'on-track' } : { is: 'needs-look', why: 'long-ago', since: last };
}

/** When one of them asked for the moderators, and the two have not met, nor that one answered otherwise, since. */
function staffAskedAt({ checkIns, meetings }: PairFacts): Instant | undefined {
  return checkIns
    .filter(({ answer }) => answer === 'staff')
    .map(({ user_id: userId, answered_at: at }) => ({ userId, at: at ?? '' }))
    .findLast(
      ({ userId, at }) =>
        !meetings.some(({ state, starts_at: met }) => state === 'held' && (met ?? '') > at) &&
        !checkIns.some((each) => each.user_id === userId && each.answer !== 'staff' && (each.answered_at ?? '') > at),
    )?.at;
}
