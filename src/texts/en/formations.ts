/** Study groups formed of everybody who waits: for moderators, and for those in them. */
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, list, words } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');
const groups = (count: number) => counted(count, 'group', 'groups');

/** What a way of forming comes to. */
interface Way {
  readonly placed: number;
  readonly groups: number;
  readonly withEnoughDays: number;
  readonly fair: number;
  readonly medianSpread: number | null;
}

/** What publishing did. */
interface Done {
  readonly groups: number;
  readonly offered: number;
  readonly dropped: number;
  readonly told: number;
}

const leftTold = (told: number) =>
  `${people(told)} ${told === 1 ? 'is' : 'are'} left over, and ${told === 1 ? 'reads' : 'read'} which small change would help.`;

export const formations = {
  command: {
    preview: 'What groups could be formed now, and how good they would be',
    publish: 'Offer the groups of the preview to their members',
    discard: 'Discard the preview; nobody in it hears of it',
    history: 'The groups formed lately, and what came of the offers',
  },
  nothing: (waiting: number) =>
    `There is nothing to form: ${waiting === 0 ? 'nobody waits' : `only ${people(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`} with hours that I know. Groups begin at three. Members join with \`/study match\`.`,
  card: {
    title: 'Study groups that could be formed now',
    placed: (placed: number, bound: number, seekers: number) =>
      `Placed **${placed}** of at most ${bound} of ${seekers} who wait. Each group shares an hour in every one of the next eight weeks.`,
    none: 'No three of those who wait share an hour in every one of the next eight weeks. When you publish, each of them reads which small change would help.',
    left: (count: number, helped: number) =>
      `${people(count)} would be left over; ${helped} of them would have a place with one small change, and read which.`,
    next: (hours: number) => `When you publish, each is offered their group and has ${hours} hours to say yes.`,
    seconds: (at: Instant, ms: number) =>
      `-# Formed ${stamp(at, 'R')}, in ${words.number(Math.max(0.1, Math.round(ms / 100) / 10))} seconds.`,
    compare: 'Beside simpler ways',
    ways: { own: 'These groups', sorted: 'Sorted by time zone and target', random: 'Drawn by lot' },
    way: (name: string, { placed, groups: count, withEnoughDays, fair, medianSpread }: Way) =>
      count === 0
        ? `**${name}**: nobody placed`
        : `**${name}**: ${placed} placed in ${groups(count)} · ${withEnoughDays} with enough days for all · ${fair} with a time from 08:00 to 22:00 for all${medianSpread === null ? '' : medianSpread === 0 ? ' · same target in a typical group' : ` · targets ${counted(medianSpread, 'month', 'months')} apart in a typical group`}`,
    publish: 'Offer these groups',
    groups: 'Show the groups',
    again: 'Form anew',
    discard: 'Discard',
  },
  changed: {
    title: 'Some groups have changed since you looked. Press once more to offer them as they are now.',
    kept: (number: number, what: string, gone: number, loose: number, left: number) =>
      `Group ${number} (${what}): ${[
        ...(gone > 0 ? [`${people(gone)} no longer ${gone === 1 ? 'waits' : 'wait'}`] : []),
        ...(loose > 0 ? [`${people(loose)} no longer ${loose === 1 ? 'fits' : 'fit'} the others`] : []),
      ].join(', ')}; ${people(left)} remain.`,
    dropped: (number: number, what: string, gone: number, loose: number) =>
      `Group ${number} (${what}) fell apart: ${[
        ...(gone > 0 ? [`${people(gone)} no longer ${gone === 1 ? 'waits' : 'wait'}`] : []),
        ...(loose > 0 ? [`${people(loose)} ${loose === 1 ? 'stays' : 'stay'} on the list`] : []),
      ].join(', ')}.`,
    more: (count: number) => `And ${counted(count, 'other', 'others')}.`,
  },
  pages: {
    title: (from: number, to: number, of: number) =>
      from === to ? `Group ${from} of ${of}` : `Groups ${from} to ${to} of ${of}`,
    titleLeft: 'Left over',
    none: 'There are no groups in this preview.',
    group: (number: number, what: string, names: readonly string[]) => `**${number} · ${what}**\n${list(names)}`,
    enough: 'enough days for all',
    notEnough: 'fewer days than some would like',
    fair: 'a time from 08:00 to 22:00 for all',
    notFair: 'early or late for some',
    spread: (months: number) => (months === 0 ? 'same target' : `targets ${counted(months, 'month', 'months')} apart`),
    left: (names: readonly string[], more: number) =>
      `${list(names)}${more > 0 ? ` and ${counted(more, 'other', 'others')}` : ''}`,
    previous: 'Previous',
    next: 'Next',
  },
  confirm: (count: number, asked: number, left: number) =>
    `This offers ${groups(count)} to ${people(asked)}${left > 0 ? `, and tells ${people(left)} that there is none for them yet` : ''}. It cannot be taken back.`,
  confirmNow: 'Offer them now',
  published: ({ groups: count, offered, dropped, told }: Done) =>
    [
      count === 0
        ? 'Done. No group could be offered.'
        : `Done: ${groups(count)} ${count === 1 ? 'is' : 'are'} offered to ${people(offered)}. Each begins once three have said yes.`,
      ...(dropped > 0
        ? [
            `${groups(dropped)} fell apart before, because people left or changed their hours; whoever still waits stays on the list.`,
          ]
        : []),
      ...(told > 0 ? [leftTold(told)] : []),
    ].join('\n'),
  discarded: 'Discarded. Nobody hears of it, and everybody keeps waiting.',
  history: {
    title: 'Study groups formed lately',
    none: 'No groups have been formed here yet. `/study form preview` shows what could be.',
    weekly: 'weekly run',
    byHand: 'formed by a moderator',
    states: {
      preview: 'waits for a moderator to publish it',
      publishing: 'is being offered',
      published: 'offered',
      discarded: 'discarded',
      expired: 'too old to publish, discarded by itself',
      skipped: 'nothing to form',
    },
    head: (at: Instant, how: string, state: string) => `**${stamp(at)}** · ${how} · ${state}`,
    acts: { 'groups-previewed': 'formed', 'groups-formed': 'published', 'groups-discarded': 'discarded' },
    act: (what: string, who: string) => `${what} by ${who}`,
    placed: (placed: number, bound: number, seekers: number) =>
      `placed ${placed} of at most ${bound} of ${seekers} who waited`,
    done: ({ groups: count, offered, told }: Done) =>
      `${groups(count)} offered to ${people(offered)}; ${told === 0 ? 'nobody' : people(told)} left over`,
    skipped: (waiting: number) => `${people(waiting)} waited`,
    open: 'the answers are counted once every offer is over',
    begun: (count: number, of: number) => `${count} of ${groups(of)} began`,
    yes: (count: number, of: number) => `${count} of ${of} said yes`,
    others: (no: number, silent: number) => `${no} said no, ${silent} did not answer`,
    fewPeople: 'how many said yes is not shown, because it would give single answers away',
  },
  weekly: {
    command: 'Whether study groups are formed by themselves each week',
    option: 'Form and offer groups every Sunday at 12:00, by this server’s clock',
    on: (at: Instant) =>
      `Study groups are formed and offered by themselves every Sunday at 12:00. The next time is ${stamp(at, 'F')} (${stamp(at, 'R')}). \`/setup study weekly:False\` ends that.`,
    off: 'Study groups are formed when a moderator runs `/study form preview`. `/setup study weekly:True` does it every Sunday.',
    next: (at: Instant) => `The weekly run forms groups ${stamp(at, 'R')}, and replaces a preview that is open then.`,
    /** For somebody who waits. */
    seeker: (at: Instant) => `The next groups are formed ${stamp(at, 'F')}.`,
    done: ({ groups: count, offered, told, waited }: Done & { readonly waited: number }) =>
      `The weekly run offered ${groups(count)} to ${people(offered)} of ${waited} who waited.${told > 0 ? ` ${leftTold(told)}` : ''} \`/study form history\` shows what comes of it.`,
    skipped: (waiting: number) =>
      `The weekly run had no study groups to form: ${waiting === 0 ? 'nobody waits' : `only ${people(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`}. It looks again every Sunday; you hear of it once there are groups.`,
    heading: 'Weekly study groups',
    shownOff: 'Off',
  },
  reminder: 'A reminder, and the only one: this offer still waits for your answer.',
  fellAway:
    'I had put a group together with you in it, but before I could offer it too few people were left: some joined another, or their hours changed. You keep your place on the list, and I try again the next time groups are formed.',
  refused: {
    none: 'There is no preview. `/study form preview` forms groups of everybody who waits, for you to look at.',
    publishing:
      'Groups are being offered at the moment. That goes on by itself and cannot be taken back; `/study form history` shows when it is done.',
    published: 'Somebody was quicker: these groups are offered already. `/study form history` has the figures.',
    discarded: 'This preview was discarded. `/study form preview` forms groups anew.',
    replaced: 'A newer preview has taken the place of this one. `/study form publish` has it.',
    changed: 'These groups have changed since they were shown. `/study form publish` shows them as they are now.',
    tooOld: (hours: number) =>
      `This preview is more than ${counted(hours, 'hour', 'hours')} old, and other people may wait by now. \`/study form preview\` forms groups anew.`,
  },
};
