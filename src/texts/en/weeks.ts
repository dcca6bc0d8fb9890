/** How many new requests reach a mentor in a week, what waits for that, and the settings around those who wait. */
import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const upTo = (at: string) => `${stamp(at, 'D')} (${stamp(at, 'R')})`;
const news = (n: number) => counted(n, 'new request', 'new requests');

export const weeks = {
  command: {
    limit: 'How many new requests reach you in seven days',
    most: 'So many, from 1 to 20; leave it out for what the server has chosen',
  },
  /** To the mentee who asked. */
  opens: (id: string, aWeek: number, at: string) =>
    `Your request to ${who(id)} is safe with me. They take ${news(aWeek)} a week and have had as many, so they see yours by ${upTo(at)}, and their time to answer begins then. You don’t have to wait: whoever you ask now is asked at once, and ${who(id)} stays your next choice.`,
  /** After asking somebody else meanwhile. */
  behind: (ids: string) => `${ids} now comes after that.`,
  full: (id: string, at: string) =>
    `${who(id)} has so many requests ahead of yours that they would see it only after ${upTo(at)}. Nothing was sent, so that you don’t hope for weeks: \`/mentor find\` shows who can answer sooner.`,
  line: (id: string, at: string) => `${who(id)} · sees it by ${upTo(at)}, as their week is full`,
  /** With suggestions. */
  underWay: (id: string, at: string, left: number) =>
    `Your request to ${who(id)} waits for room in their week: they see it by ${upTo(at)}. ${
      left === 0
        ? 'You have named your three choices; `/mentor withdraw` makes room for another.'
        : 'You don’t have to wait for that: whoever you ask of these is asked at once.'
    }`,
  suggested: (at: string) => `**This week:** has had as many requests as they take; sees yours by ${stamp(at, 'D')}`,
  nextOpens: (mentor: string, at: string) =>
    `Your next choice, ${mentor}, has had as many requests this week as they take, and sees yours by ${upTo(at)}. You don’t have to wait for that: whoever you ask now is asked at once.`,
  home: (id: string, at: string) => `${who(id)} sees your request by ${upTo(at)}: their week is full until then.`,
  /** To the mentor. */
  waitingForYou: (n: number, aWeek: number) =>
    `${counted(n, 'more request waits', 'more requests wait')} for room in your weeks: you get ${news(aWeek)} in seven days. \`/mentor limit\` changes that.`,
  limited: (aWeek: number) =>
    `From now on ${counted(aWeek, 'new request reaches', 'new requests reach')} you in seven days. What is more waits until there is room; whoever asked is told by when you see it, and may ask somebody else. Proposals of a matching round do not count.`,
  range: (min: number, max: number) => `Please choose from ${min} to ${max} new requests in seven days.`,

  setup: {
    description: 'New requests to a mentor in a week; after how many days you hear who still waits',
    requests: (min: number, max: number) => `New requests that reach a mentor in seven days, ${min} to ${max}`,
    days: (min: number, max: number) => `Days of waiting after which you hear of somebody by name, ${min} to ${max}`,
    shown: (aWeek: number, days: number) =>
      `${news(aWeek)} ${aWeek === 1 ? 'reaches' : 'reach'} each mentor in seven days, unless they choose otherwise with \`/mentor limit\`. Whoever has waited for more than ${counted(days, 'day', 'days')} stands by name in the report on Mondays and in \`/mentors waiting\`.`,
    range: (min: number, max: number) => `Please choose from ${min} to ${max} days.`,
  },
};
