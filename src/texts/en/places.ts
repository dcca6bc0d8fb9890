/** What moderators read of forums and threads as places for posts. */
import { names, permissionNames, type ProblemText } from './setup-check.ts';
import { list } from './words.ts';

type Permission = keyof typeof permissionNames;

/** What Discord’s clients call permissions in a forum. */
const inForum: Partial<Record<Permission, string>> = {
  SendMessages: 'Create Posts',
  SendMessagesInThreads: 'Send Messages in Posts',
};

type Planned = 'schedule' | 'announcement';

const chooseAnew: Record<Planned, string> = {
  schedule: 'Choose one with `/schedule edit` and the option `tag`.',
  announcement:
    'Call it off with `/announce cancel`, and write it again with `/announce compose` and the option `tag`.',
};

const quoted = (tags: readonly string[]) => list(tags.map((tag) => `“${tag}”`));
const choose = (tags: readonly string[]) =>
  tags.length === 0
    ? 'It has none that I may use: add one in the forum’s settings that is not for moderators only.'
    : `Choose one with the option \`tag\`: ${quoted(tags)}.`;

export const places = {
  tagOption: 'In a forum: the tag of its posts',
  noTag: 'No tag',
  noForum: 'Name a forum in the option channel first: only its posts have tags',
  tagUnknown: (typed: string, tags: readonly string[]) =>
    `There is no tag “${typed}” in that forum. ${choose(tags)} Nothing was changed.`,
  forumPermissions: (forum: string, missing: readonly Permission[]): ProblemText => ({
    text: `In the forum ${forum} I lack ${
      missing.every((each) => inForum[each] === undefined)
        ? names(missing)
        : list(missing.map((each) => `**${inForum[each] ?? permissionNames[each]}**`))
    }.`,
    fix: `Edit the forum → Permissions → add my role, and allow ${missing.length === 1 ? 'it' : 'them'} there.`,
  }),
  locked: (thread: string) =>
    `The thread ${thread} is locked, so I cannot write there. Unlock it, allow me **Manage Threads** in its channel, or choose another place.`,
  lockedProblem: (thread: string): ProblemText => ({
    text: `The thread ${thread} is locked, so nothing can be posted there.`,
    fix: 'Unlock it, or allow me **Manage Threads** in its channel.',
  }),
  tagNeededBy: (what: string, kind: Planned): ProblemText => ({
    text: `${what} goes to a forum that wants a tag on each post, and has none.`,
    fix: chooseAnew[kind],
  }),
  tagGoneOf: (what: string, kind: Planned, isNeeded: boolean): ProblemText => ({
    text: `${what} has a tag that its forum no longer has, or that only moderators may use${
      isNeeded ? ', so it cannot be posted' : ': it is posted without'
    }.`,
    fix: chooseAnew[kind],
  }),
  noTags: (channel: string) => `Only posts in a forum have tags, and ${channel} is none. Leave \`tag\` out.`,
  tagNeeded: (forum: string, tags: readonly string[]) => `The forum ${forum} wants a tag on each post. ${choose(tags)}`,
  tagGone: (forum: string, tags: readonly string[]) =>
    `The forum ${forum} no longer has the chosen tag, or only moderators may use it. ${choose(tags)}`,
  /** Beside where something is posted. */
  asPost: (forum: string, tag: string | undefined) =>
    tag === undefined ? `${forum}, each as a post of its own` : `${forum}, each as a post of its own, tagged “${tag}”`,
  asOnePost: (forum: string, title: string, tag: string | undefined) =>
    `${forum}, as a post titled “${title}”${tag === undefined ? '' : `, tagged “${tag}”`}`,
  /** In front of the title of a test in a forum. */
  test: (title: string) => `Test: ${title}`,
  /** A post in a forum whose content has no title of its own. */
  untitled: 'Post',
};
