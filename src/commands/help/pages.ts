/** What there is to do, by task: each with its command, and a button where one press is enough. */
import { ButtonStyle } from 'discord.js';
import { button, type Id } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { type HomeButton, rowsOf } from '../../discord/home/index.ts';
import { keys } from '../../discord/keys.ts';
import { nextSteps } from '../../discord/next-steps.ts';
import type { Card } from '../../discord/replies.ts';
import type { Texts } from '../../texts/en.ts';

type Task = keyof Texts['help']['tasks'];

interface Entry {
  readonly task: Task;
  /** As it is typed, without the slash. */
  readonly command: string;
  /** Where it is another than that of the command's `nextSteps`. */
  readonly press?: Id;
}

type PageName = keyof Texts['help']['pages'];

const pages: Readonly<Record<PageName, readonly Entry[]>> = {
  look: [
    { task: 'home', command: 'home' },
    { task: 'registerMentee', command: 'register mentee' },
    { task: 'find', command: 'mentor find' },
    { task: 'request', command: 'mentor request' },
    { task: 'requests', command: 'mentor requests' },
    { task: 'waitlist', command: 'mentor find', press: [keys.mentor.waitlist] },
    { task: 'waiting', command: 'mentor waiting' },
    { task: 'officeHours', command: 'officehours show' },
    { task: 'pause', command: 'profile pause', press: [keys.profile.pause, 'mentee'] },
    { task: 'resume', command: 'profile resume', press: [keys.profile.resume, 'mentee'] },
  ],
  give: [
    { task: 'home', command: 'home' },
    { task: 'registerMentor', command: 'register mentor' },
    { task: 'requests', command: 'mentor requests' },
    { task: 'edit', command: 'profile edit', press: [keys.profile.editOwn, 'mentor'] },
    { task: 'limit', command: 'mentor limit' },
    { task: 'officeOffer', command: 'officehours offer' },
    { task: 'season', command: 'mentor season' },
    { task: 'pause', command: 'profile pause', press: [keys.profile.pause, 'mentor'] },
    { task: 'resume', command: 'profile resume', press: [keys.profile.resume, 'mentor'] },
  ],
  pair: [
    { task: 'mentorship', command: 'mentorship show' },
    { task: 'hours', command: 'hours edit' },
    { task: 'meet', command: 'mentorship meet' },
    { task: 'rest', command: 'mentorship pause' },
    { task: 'end', command: 'mentorship end' },
    { task: 'inbox', command: 'inbox' },
    { task: 'block', command: 'block add' },
    { task: 'support', command: 'support' },
    { task: 'report', command: 'report member' },
    { task: 'ownReports', command: 'report mine' },
  ],
  road: [
    { task: 'roadmap', command: 'roadmap show' },
    { task: 'roadSet', command: 'roadmap set' },
    { task: 'roadTick', command: 'roadmap tick' },
    { task: 'roadPicture', command: 'roadmap show', press: [keys.roadmap.picture] },
    { task: 'deadlines', command: 'deadlines show' },
    { task: 'remind', command: 'deadlines remind' },
    { task: 'ownDates', command: 'deadlines own add' },
    { task: 'dateFile', command: 'deadlines file' },
    { task: 'guide', command: 'guide ask' },
    { task: 'isTrue', command: 'guide check' },
    { task: 'guidePages', command: 'guide page' },
    { task: 'matchWeek', command: 'match' },
    { task: 'support', command: 'support' },
  ],
  read: [
    { task: 'study', command: 'study show' },
    { task: 'studyFind', command: 'study find' },
    { task: 'studyMatch', command: 'study match' },
    { task: 'studyCreate', command: 'study create' },
    { task: 'focus', command: 'focus start' },
    { task: 'tip', command: 'tip show' },
    { task: 'suggest', command: 'tip suggest' },
    { task: 'notify', command: 'notify' },
  ],
  data: [
    { task: 'profile', command: 'profile show' },
    { task: 'edit', command: 'profile edit' },
    { task: 'export', command: 'profile export', press: [keys.profile.export] },
    { task: 'delete', command: 'profile delete', press: [keys.profile.deletion] },
    { task: 'privacy', command: 'profile show', press: [keys.profile.privacy] },
  ],
  staff: [
    { task: 'setup', command: 'setup start' },
    { task: 'check', command: 'setup check' },
    { task: 'panel', command: 'setup panel' },
    { task: 'undoSetup', command: 'setup undo' },
    { task: 'verify', command: 'mentors queue' },
    { task: 'pairs', command: 'mentors pairs' },
    { task: 'whoWaits', command: 'mentors waiting' },
    { task: 'round', command: 'round preview' },
    { task: 'formGroups', command: 'study form preview' },
    { task: 'formWeekly', command: 'setup study' },
    { task: 'officeList', command: 'officehours list' },
    { task: 'announce', command: 'announce list' },
    { task: 'schedule', command: 'schedule list' },
    { task: 'content', command: 'content list' },
    { task: 'review', command: 'review next' },
    { task: 'ownAnswers', command: 'guide own' },
    { task: 'reports', command: 'reports list' },
    { task: 'confirmDate', command: 'deadlines confirm' },
    { task: 'datesPosted', command: 'setup reminders' },
    { task: 'studySettings', command: 'setup study' },
    { task: 'officeSettings', command: 'setup officehours' },
    { task: 'matchSettings', command: 'setup match' },
    { task: 'hardWords', command: 'setup words' },
    { task: 'stats', command: 'stats' },
    { task: 'audit', command: 'audit' },
  ],
};

/** Pages that members see; moderators see all. */
const open: readonly PageName[] = ['look', 'give', 'pair', 'road', 'read', 'data'];

/** Which page is shown when none is asked for. */
export const firstPage: PageName = 'look';

/** The page of this name, out of a custom id; one that is not the reader's shows the first. */
export function findPage(name: string | undefined, isModerator: boolean): PageName {
  const listed = pagesFor(isModerator);
  return listed.find((each) => each === name) ?? firstPage;
}

function pagesFor(isModerator: boolean): readonly PageName[] {
  return isModerator ? [...open, 'staff'] : open;
}

/** Every command that help names, as it is typed: a test holds them against what there is. */
export const namedCommands: readonly string[] = Object.values(pages).flatMap((entries) =>
  entries.map(({ command }) => command),
);

/** What does the same as the command in one press; absent where the command needs to be told something. */
function pressOf({ command, press }: Entry): Id | undefined {
  const known: Readonly<Record<string, { readonly press: Id }>> = nextSteps;
  return press ?? (Object.hasOwn(known, command) ? known[command]?.press : undefined);
}

/**
 * One page of the help, with the way to the others.
 * @param reader `isAway`: in a direct message, where there are no commands.
 */
export function helpCard(t: Texts, shown: PageName, reader: { isModerator: boolean; isAway: boolean }): Card {
  const text = t.help;
  const entries = pages[shown];
  const lines = entries
    .filter((entry) => !reader.isAway || pressOf(entry) !== undefined)
    .map(({ task, command }) => `- ${text.line(text.tasks[task], reader.isAway ? undefined : command)}`);
  const doing = entries.flatMap((entry): HomeButton[] => {
    const labels: Readonly<Partial<Record<Task, string>>> = text.buttons;
    const press = pressOf(entry);
    return press ? [button(press, labels[entry.task] ?? text.tasks[entry.task])] : [];
  });
  const others = pagesFor(reader.isModerator)
    .filter((name) => name !== shown)
    .map((name) => button([keys.help.open, name], text.pages[name].button, ButtonStyle.Primary));
  return {
    embeds: [embed(t, text.title, [`**${text.pages[shown].title}**`, ...lines].join('\n'))],
    components: rowsOf([doing, others]),
  };
}
