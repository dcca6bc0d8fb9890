/** The documented rules for scheduled events: Resources → Guild Scheduled Event. */
import { required, type Fault, type Walk } from './faults.ts';

const EXTERNAL = 3;
const frequencies = { YEARLY: 0, MONTHLY: 1, WEEKLY: 2, DAILY: 3 } as const;

interface Recurrence {
  readonly end?: string | null;
  readonly count?: number | null;
  readonly by_year_day?: readonly number[] | null;
  readonly frequency: number;
  readonly interval?: number | null;
  readonly by_weekday?: readonly number[] | null;
  readonly by_n_weekday?: readonly unknown[] | null;
  readonly by_month?: readonly number[] | null;
  readonly by_month_day?: readonly number[] | null;
}

interface ScheduledEvent {
  readonly name?: string;
  readonly entity_type?: number | null;
  readonly channel_id?: string | null;
  readonly scheduled_start_time?: string | null;
  readonly scheduled_end_time?: string | null;
  readonly entity_metadata?: { readonly location?: string | null } | null;
  readonly recurrence_rule?: Recurrence | null;
}

const inThePast: Fault = {
  code: 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
  message: 'Cannot schedule event in the past.',
};
const endsBeforeStart: Fault = {
  code: 'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
  message: 'An event cannot end before it starts.',
};

/** Reports what Discord would refuse in a new event, or in a change to one. */
export function checkScheduledEvent(body: unknown, walk: Walk, context: { readonly now?: number }): void {
  const event = body as ScheduledEvent;
  if (event.name !== undefined && event.name.trim() === '') walk.report(required, 'name');
  if (event.entity_type === EXTERNAL) {
    if (!event.scheduled_end_time) walk.report(required, 'scheduled_end_time');
    if (!event.entity_metadata?.location?.trim()) walk.report(required, 'entity_metadata', 'location');
    if (event.channel_id) {
      const text = 'An external event has no channel.';
      walk.report({ code: 'GUILD_SCHEDULED_EVENT_CHANNEL_NOT_ALLOWED', message: text }, 'channel_id');
    }
  } else if (event.entity_type && !event.channel_id) {
    walk.report(required, 'channel_id');
  }
  const start = event.scheduled_start_time ? Date.parse(event.scheduled_start_time) : undefined;
  if (start !== undefined && context.now !== undefined && start <= context.now) {
    walk.report(inThePast, 'scheduled_start_time');
  }
  if (start !== undefined && event.scheduled_end_time && Date.parse(event.scheduled_end_time) <= start) {
    walk.report(endsBeforeStart, 'scheduled_end_time');
  }
  const { recurrence_rule: rule } = event;
  if (rule) walk.at('recurrence_rule', () => checkRecurrence(rule, walk));
}

/** Monday is 0. The only sets of days that a daily event may have. */
const dailySets: ReadonlySet<string> = new Set(['0,1,2,3,4', '1,2,3,4,5', '0,1,2,3,6', '4,5', '5,6', '0,6']);

/** Discord takes a small part of what the rule could say. */
function checkRecurrence(rule: Recurrence, walk: Walk): void {
  for (const key of ['end', 'count', 'by_year_day'] as const) {
    if (rule[key] !== undefined && rule[key] !== null) walk.report(unsupported('This field cannot be set.'), key);
  }
  const { WEEKLY, DAILY, MONTHLY, YEARLY } = frequencies;
  const interval = rule.interval ?? 1;
  if (interval !== 1 && !(interval === 2 && rule.frequency === WEEKLY)) {
    walk.report(unsupported('Only a weekly event may have an interval of 2; all others have 1.'), 'interval');
  }
  allowOnlyFor([DAILY, WEEKLY], 'by_weekday');
  allowOnlyFor([MONTHLY], 'by_n_weekday');
  allowOnlyFor([YEARLY], 'by_month');
  allowOnlyFor([YEARLY], 'by_month_day');
  const weekdays = rule.by_weekday ?? [];
  if (rule.frequency === WEEKLY && weekdays.length > 1) {
    walk.report(unsupported('A weekly event has one weekday.'), 'by_weekday');
  }
  const isKnownSet = dailySets.has(weekdays.toSorted((a, b) => a - b).join(','));
  if (rule.frequency === DAILY && weekdays.length > 0 && !isKnownSet) {
    walk.report(unsupported('A daily event has one of the documented sets of weekdays.'), 'by_weekday');
  }
  if ((rule.by_n_weekday?.length ?? 0) > 1) {
    walk.report(unsupported('A monthly event has one weekday.'), 'by_n_weekday');
  }
  if (rule.frequency === YEARLY) {
    for (const key of ['by_month', 'by_month_day'] as const) {
      if ((rule[key]?.length ?? 0) !== 1) walk.report(unsupported('A yearly event has one month and one day.'), key);
    }
  }

  function allowOnlyFor(allowed: readonly number[], key: 'by_weekday' | 'by_n_weekday' | 'by_month' | 'by_month_day') {
    if ((rule[key]?.length ?? 0) > 0 && !allowed.includes(rule.frequency)) {
      walk.report(unsupported('This field does not go with the frequency.'), key);
    }
  }
}

function unsupported(message: string): Fault {
  return { code: 'GUILD_SCHEDULED_EVENT_RECURRENCE_RULE_INVALID', message };
}
