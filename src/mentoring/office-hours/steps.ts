/** Pure: what an occasion has before it, and when. */
import type { OfficeHour } from '../../db/office-hours.ts';
import type { OfficeHourStep } from '../../db/schema.ts';
import { type Instant, later } from '../../time.ts';
import { hereBeforeMinutes, remindedBefore } from './limits.ts';

type Timed = Pick<OfficeHour, 'starts_at' | 'ends_at'>;

/** Every step with its moment, in order. */
function stepsOf({ starts_at: startsAt, ends_at: endsAt }: Timed): readonly (readonly [OfficeHourStep, Instant])[] {
  return [
    ['day', later(startsAt, { minutes: -remindedBefore.day })],
    ['hour', later(startsAt, { minutes: -remindedBefore.hour })],
    ['open', later(startsAt, { minutes: -hereBeforeMinutes })],
    ['begin', startsAt],
    ['end', endsAt],
  ];
}

/** The step that comes next; undefined once all are over. */
export function nextStep(hour: Timed, now: Instant): Pick<OfficeHour, 'step' | 'step_at'> | undefined {
  const next = stepsOf(hour).find(([, at]) => at > now);
  return next && { step: next[0], step_at: next[1] };
}

/** The steps that are due by now, from the stored one on. */
export function dueSteps(hour: OfficeHour, now: Instant): readonly OfficeHourStep[] {
  const all = stepsOf(hour);
  const from = all.findIndex(([step]) => step === hour.step);
  return all.slice(Math.max(from, 0)).flatMap(([step, at]) => (at <= now ? [step] : []));
}
