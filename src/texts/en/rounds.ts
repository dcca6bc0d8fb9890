import { deletedUser } from '../../db/schema.ts';
import { roundNotices } from './round-notices.ts';
import { stamp, who as mentionOf } from '../../marks.ts';
import { counted, list } from './words.ts';

/** How well a pair suits, on the bot's scale of 10,000, as a moderator reads it. */
const percent = (fit: number) => `${Math.round(fit / 100)}%`;
/** A member; words for one who deleted their data. */
const who = (id: string) => (id === deletedUser ? 'a former member' : mentionOf(id));
const people = (n: number) => counted(n, 'person', 'people');

/** What moderators and members read about matching rounds. */
export const rounds = {
  command: {
    description: 'Match the whole waitlist at once',
    preview: 'Compute who would be proposed to whom; nothing is sent',
    floor: 'Pair nobody who suits less than this, in percent (usual: 30)',
    publish: 'Send the proposals of the preview to the mentors',
    discard: 'Throw the preview away, or stop computing it; nothing is sent',
    history: 'The latest rounds, and what became of their requests',
    pin: 'Pair these two for certain, and recompute the preview',
    forbid: 'Do not pair these two, and recompute the preview',
    free: 'Take back a pin or a prohibition, and recompute the preview',
    mentee: 'The mentee',
    mentor: 'The mentor',
  },

  computing: {
    phases: {
      read: 'Reading the waitlist',
      candidates: 'Looking at who suits whom',
      assign: 'Pairing',
      stability: 'Looking for pairs who would both rather have each other',
      compare: 'Comparing with simpler ways',
      store: 'Writing down the proposals',
    },
    status: (phase: string, done: number) => `Matching round: ${phase} … ${Math.round(done * 100)}% done.`,
    hint: 'Everything else goes on as usual meanwhile. Nothing is sent until you publish.',
    cancel: 'Cancel',
    begins: 'The round is being computed. The preview appears here in a moment.',
    cancelled: (by: string) => `${who(by)} canceled this round. Nothing was sent. \`/round preview\` begins another.`,
    failed:
      'This round could not be computed. Nothing was sent, and pins and prohibitions are kept for the next: please try `/round preview` again.',
  },

  card: {
    title: 'Matching round: preview',
    headline: (matched: number, mentees: number, places: number) =>
      `**${matched} of ${people(mentees)}** on the waitlist would be proposed to a mentor (${counted(places, 'free place', 'free places')}).`,
    nothingSent: 'Nothing has been sent. Mentors still accept or decline after you publish.',
    by: (by: string, at: string) => `By ${who(by)}, from the waitlist as it was ${stamp(at, 'R')}.`,
    fellAway: (n: number) =>
      `Since then ${people(n)} in it, or the mentor meant for them, stopped being available; they are out. Recompute gives their places to others.`,
    nobodyWaits: 'Nobody on the waitlist is free to be matched. Mentees join it with `/mentor find`.',
    compare: {
      heading: 'Beside simpler ways',
      round: 'This round',
      greedy: 'Best pair first',
      deferredAcceptance: 'Mentees choose in turns, as in the Match',
      line: (name: string, matched: number, average: string, gains: string) =>
        `**${name}**: ${matched} matched, fit ${average}, ${gains}`,
      gains: (n: number) =>
        n === 0
          ? 'no two who would both be clearly better off together'
          : `${counted(n, 'mentee has', 'mentees have')} another mentor with whom both would be clearly better off`,
    },
    proof: (gap: number) =>
      gap < 0.00005
        ? 'Proven: with as many matched, no other pairing fits better in total.'
        : `Proven: with as many matched, no pairing fits more than ${(gap * 100).toFixed(2)}% better in total.`,
    average: percent,
    /** Finer where ways are held beside each other. */
    compared: (fit: number) => `${(fit / 100).toFixed(1)}%`,
    left: {
      heading: (n: number) => `Who waits on (${n})`,
      why: {
        'no-eligible': (n: number) => `${n}: the rules allow none of the mentors`,
        'below-floor': (n: number, floor: string) => `${n}: nobody suits at least ${floor}`,
        'no-place': (n: number) => `${n}: every place that suits is taken, or went to others`,
        'mentor-gone': (n: number) => `${n}: the mentor meant for them is not available any more`,
      },
      names: (names: readonly string[], more: number) =>
        more > 0 ? `${names.join(', ')} and ${more} more` : list(names),
    },
    weakest: {
      heading: 'Pairs that hardly suit, for a human look',
      line: (mentee: string, mentor: string, fit: string, pinned: boolean) =>
        `${who(mentee)} with ${who(mentor)}: ${fit}${pinned ? ', pinned' : ''}`,
    },
    wishes: {
      heading: 'Your wishes',
      pinned: (mentee: string, mentor: string) => `${who(mentee)} with ${who(mentor)}: pinned`,
      forbidden: (mentee: string, mentor: string) => `${who(mentee)} not with ${who(mentor)}`,
      dropped: (mentee: string, mentor: string) =>
        `${who(mentee)} with ${who(mentor)}: pinned, but not possible any more, so it is left out`,
      more: (n: number) => `… and ${n} more`,
    },
    file: '“Pairs and reasons” shows every pair with why, and everybody who waits on; the file lists the same.',
    /** How well the pairs suit, drawn and in words. */
    picture: {
      title: 'How well the proposed pairs suit',
      axis: 'Fit in percent; above each bar, how many pairs',
      alt: (bars: string) => `How well the proposed pairs suit. ${bars}.`,
      bar: (from: number, to: number, n: number) => `${from} to ${to}%: ${counted(n, 'pair', 'pairs')}`,
    },
    publish: 'Publish …',
    discard: 'Discard the preview',
    recompute: 'Recompute the pairs',
    pairs: 'Show pairs and reasons',
  },

  /** Every pair with its reasons, a page at a time. */
  pairs: {
    title: (from: number, to: number, all: number) => `Pairs and reasons: ${from} to ${to} of ${all}`,
    pair: (mentee: string, mentor: string, fit: string, pinned: boolean) =>
      `**${mentee} with ${mentor}** · ${fit}${pinned ? ', pinned' : ''}`,
    left: (mentee: string) => `**${mentee} waits on**`,
    none: 'Nobody is in this preview.',
    previous: 'Previous',
    next: 'Next',
  },

  /** Asked where the other wish stands already. */
  opposite: {
    pinned: (mentee: string, mentor: string) =>
      `${who(mentee)} and ${who(mentor)} are forbidden in this round. Pin them instead, so that they are paired for certain?`,
    forbidden: (mentee: string, mentor: string) =>
      `${who(mentee)} and ${who(mentor)} are pinned in this round. Forbid the pair instead, so that it is not proposed?`,
    pinnedYes: 'Pin them instead',
    forbiddenYes: 'Forbid them instead',
    no: 'Leave it as it is',
    kept: 'Nothing was changed.',
  },

  csv: {
    header: ['Outcome', 'Mentee', 'Mentee id', 'Mentor', 'Mentor id', 'Fit %', 'Reasons'],
    pair: 'Pair',
    pinned: 'Pair (pinned)',
    left: 'Waits on',
    /** Why the rules allow no mentor, from a moderator's side. */
    rules: {
      'own-mentee': (n: number) => `${n} have them as their mentor, or asked for it`,
      'bad-fit': (n: number) => `${n} paired with them before, not the right fit`,
      'already-asked': (n: number) => `${n} asked already lately`,
      unverified: (n: number) => `${n} not verified`,
      // Blocks are counted with these: nobody is told that there is one.
      paused: (n: number) => `${n} not taking requests`,
      stage: (n: number) => `${n} not further along the road`,
      'stage-not-accepted': (n: number) => `${n} taking mentees from a later stage on`,
      language: (n: number) => `${n} with no language in common`,
      full: (n: number) => `${n} without a free place`,
    },
    noMentors: 'there are no mentors',
    reasons: {
      same: (specialties: string) => `Both in ${specialties}`,
      family: (specialties: string) => `Close specialties: ${specialties}`,
      topics: (topics: string) => `help with ${topics}`,
      stage: (ahead: number) => `mentor ${ahead === 1 ? 'one step' : `${ahead} steps`} ahead`,
      hours: (hours: number) => `${counted(hours, 'waking hour', 'waking hours')} in common`,
      fewHours: (hours: number) => `only ${counted(hours, 'waking hour', 'waking hours')} in common`,
      country: (country: string) => `both went to medical school in ${country}`,
      language: (languages: string) => `both speak ${languages}`,
      separator: ' · ',
      none: 'Meets all of the rules; little else in common.',
    },
    why: {
      'no-eligible': (rules: string) => `The rules allow none of the mentors: ${rules}`,
      'below-floor': (best: string, floor: string) => `Nobody suits enough: best ${best}, floor ${floor}`,
      'no-place': 'Every place that suits is taken, or went to others',
      'mentor-gone': 'The mentor meant for them is not available any more',
    },
  },

  confirm: {
    title: 'Publish this round?',
    body: (toMentors: number, toMentees: number, toLeft: number) =>
      [
        `${counted(toMentors, 'mentor gets', 'mentors get')} a request to accept or decline, and ${counted(toMentees, 'mentee is told', 'mentees are told')} who was asked for them.`,
        ...(toLeft > 0
          ? [
              `${counted(toLeft, 'mentee who waits on is', 'mentees who wait on are')} told kindly why, and what they can change.`,
            ]
          : []),
        `**${people(toMentors + toMentees + toLeft)} will be written to.** That cannot be taken back.`,
      ].join('\n'),
    yes: 'Publish now',
    back: 'Back to the preview',
  },

  published: {
    done: (requests: number) =>
      `Published: ${counted(requests, 'request is', 'requests are')} on the way to the mentors. \`/round history\` shows how they stand.`,
    told: (n: number) => `${counted(n, 'mentee', 'mentees')} who wait on are told why.`,
    skipped: (n: number) =>
      `${counted(n, 'pair was', 'pairs were')} left out, because things changed since the preview:`,
    why: {
      'mentee-asked': 'the mentee has asked somebody themselves',
      'mentee-matched': 'the mentee has found a mentor',
      'mentee-away': 'the mentee is not waiting any more',
      'mentor-away': 'the mentor is not taking requests at the moment',
      'mentor-full': 'the mentor has no free place any more',
      ineligible: 'the two can no longer be paired by the rules',
    },
    skippedLine: (why: string, n: number) => `- ${n}: ${why}`,
  },

  discarded: 'The preview is discarded. Nothing was sent.',

  refused: {
    none: 'No round is open here. `/round preview` computes one, `/round history` shows those before.',
    computing: (by: string, at: string) =>
      `A round that ${who(by)} began ${stamp(at, 'R')} is still being computed. One at a time: wait for it, or stop it with \`/round discard\`.`,
    stillComputing: 'This round is still being computed. Nothing was done.',
    alreadyComputed: 'This round is computed already: its preview is there to look at. Nothing was thrown away.',
    recomputed: 'This preview has been recomputed since. Please look at the new one first: nothing was done.',
    isOver: {
      published: (by: string, at: string) => `${who(by)} published this round ${at}. Nothing more was done.`,
      discarded: (by: string, at: string) =>
        `${who(by)} discarded this round ${at}. \`/round preview\` begins another.`,
      cancelled: (by: string, at: string) => `${who(by)} canceled this round ${at}. \`/round preview\` begins another.`,
      failed: (_by: string, at: string) =>
        `Computing this round was interrupted ${at}. Nothing was sent. \`/round preview\` begins another, with your pins and prohibitions.`,
    },
    publishing: (by: string, at: string) =>
      `${who(by)} began to publish a round ${at}, and its requests are still going out. It finishes by itself. Nothing else was done.`,
    nothingToPublish: 'This preview proposes no pair, so there is nothing to publish.',
    notWaiting: (id: string) =>
      `${who(id)} is not on the waitlist, so no round can pair them. They join it with \`/mentor find\`.`,
    notMentor: (id: string) => `${who(id)} is not registered as a mentor here.`,
    notEligible: (mentee: string, mentor: string, why: string) =>
      `${who(mentee)} and ${who(mentor)} cannot be pinned: ${why}.`,
    why: {
      'same-person': 'they are the same person',
      // A block must not be told apart from a pause.
      blocked: 'they are not available to each other at the moment',
      paused: 'they are not available to each other at the moment',
      gone: 'one of them is no longer here',
      'own-mentee': 'the mentee is this mentor’s own mentor, or is asked to be',
      'bad-fit': 'they have been paired before, and it was not the right fit',
      'already-asked': 'the mentee has asked this mentor lately',
      unverified: 'the mentor is not verified',
      stage: 'the mentor is not further along the road than the mentee',
      'stage-not-accepted': 'the mentor does not take mentees of that stage',
      language: 'they have no language in common',
      full: 'the mentor has no free place',
    },
    noWish: (mentee: string, mentor: string) =>
      `Nothing was pinned or forbidden about ${who(mentee)} and ${who(mentor)}, so there is nothing to take back.`,
    tooManyWishes: (limit: number) =>
      `A round takes at most ${limit} pins and prohibitions. \`/round free\` takes one back.`,
  },

  history: {
    title: 'The latest rounds',
    none: 'There has been no round here yet. `/round preview` computes one; nothing is sent until you publish.',
    states: {
      computing: 'being computed',
      preview: 'preview',
      published: 'published',
      publishing: 'being published',
      discarded: 'discarded',
      cancelled: 'canceled',
      failed: 'interrupted',
    },
    line: (begun: string, state: string) => `**${stamp(begun, 'D')}** · ${state}`,
    by: (state: string, by: string, at: string) => `${state} by ${who(by)} ${stamp(at, 'f')}`,
    figures: (matched: number, mentees: number, fit: string) =>
      mentees === 0 ? 'Nobody was waiting.' : `${matched} of ${people(mentees)} matched, fit ${fit}`,
    sent: (requests: number, told: number) =>
      `Sent: ${counted(requests, 'request', 'requests')}${told > 0 ? `, and ${people(told)} told why they wait on` : ''}`,
    since: (accepted: number, declined: number, pending: number, other: number) =>
      `Of them and those after them: ${accepted} accepted, ${declined} declined, ${pending} waiting${other > 0 ? `, ${other} closed otherwise` : ''}`,
  },

  ...roundNotices,
};
