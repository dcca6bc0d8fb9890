/** No answer without its next step: where words name a command that one press does as well, the press stands below them. */
import type { BaseInteraction } from 'discord.js';
import type { Texts } from '../texts/en.ts';
import { type Audience, audiences } from './audience.ts';
import { button, type Id, row } from './buttons.ts';
import { readCustomId } from './custom-ids.ts';
import { keys } from './keys.ts';
import { pathOf } from './path.ts';
import type { Card } from './replies.ts';

/** A command, and the press that does the same; it answers in a message of its own or opens a form. */
interface NextStep {
  readonly press: Id;
  readonly label: keyof Texts['help']['buttons'];
  readonly isForModerators?: true;
}

/** Commands as they are typed, without the slash. Deletion, export and set-up are not offered in passing. */
export const nextSteps = {
  home: { press: [keys.home.open], label: 'home' },
  help: { press: [keys.help.open], label: 'help' },
  'register mentee': { press: [keys.register.door, 'mentee'], label: 'registerMentee' },
  'register mentor': { press: [keys.register.door, 'mentor'], label: 'registerMentor' },
  'profile show': { press: [keys.profile.show], label: 'profile' },
  'profile edit': { press: [keys.profile.editOwn], label: 'edit' },
  'profile resume': { press: [keys.profile.resume], label: 'resume' },
  'mentor find': { press: [keys.mentor.find], label: 'find' },
  'mentor requests': { press: [keys.mentor.requests], label: 'requests' },
  'mentor waiting': { press: [keys.mentor.waiting], label: 'waiting' },
  'officehours show': { press: [keys.officehours.open], label: 'officeHours' },
  'officehours offer': { press: [keys.officehours.offer], label: 'officeOffer' },
  'mentorship show': { press: [keys.mentorship.show], label: 'mentorship' },
  'mentorship meet': { press: [keys.mentorship.times], label: 'meet' },
  'hours edit': { press: [keys.hours.begin], label: 'hours' },
  inbox: { press: [keys.inbox.open], label: 'inbox' },
  support: { press: [keys.support.show], label: 'support' },
  'report mine': { press: [keys.report.mine], label: 'ownReports' },
  'roadmap show': { press: [keys.roadmap.door], label: 'roadmap' },
  'roadmap set': { press: [keys.roadmap.settings], label: 'roadSet' },
  'deadlines show': { press: [keys.deadlines.door], label: 'deadlines' },
  'deadlines remind': { press: [keys.deadlines.reminders], label: 'remind' },
  'guide ask': { press: [keys.guide.ask], label: 'guide' },
  'guide page': { press: [keys.guide.open], label: 'guidePages' },
  match: { press: [keys.match.open], label: 'matchWeek' },
  'study show': { press: [keys.study.open], label: 'study' },
  'study find': { press: [keys.study.about, 'find'], label: 'studyFind' },
  'study match': { press: [keys.study.about, 'match'], label: 'studyMatch' },
  'study create': { press: [keys.study.about, 'create'], label: 'studyCreate' },
  'tip show': { press: [keys.tip.show], label: 'tip' },
  'tip suggest': { press: [keys.tip.suggest], label: 'suggest' },
  notify: { press: [keys.notify.open], label: 'notify' },
  'setup check': { press: [keys.setup.showCheck], label: 'check', isForModerators: true },
  'mentors queue': { press: [keys.mentors.queue], label: 'verify', isForModerators: true },
  'mentors pairs': { press: [keys.mentors.showPairs], label: 'pairs', isForModerators: true },
  'officehours list': { press: [keys.officehours.list], label: 'officeList', isForModerators: true },
  'announce list': { press: [keys.announce.list], label: 'announce', isForModerators: true },
  'content list': { press: [keys.content.suggested], label: 'content', isForModerators: true },
  'review next': { press: [keys.review.open], label: 'review', isForModerators: true },
  'reports list': { press: [keys.reports.list], label: 'reports' },
  stats: { press: [keys.stats.show], label: 'stats', isForModerators: true },
} as const satisfies Readonly<Record<string, NextStep>>;

/** As many as fit beside each other. */
const mostSteps = 5;
const named = /`\/([a-z][a-z -]*)`/g;

/** Who is answered: in which words, and whether as somebody who looks after the server. */
interface Reader {
  readonly t: Texts;
  readonly as: Audience;
}

const readers = new WeakMap<BaseInteraction, Reader>();

/** Notes who is answered. @param as for whom what they used is: moderators read there what members do, and it is not their step. */
export function noteReader(interaction: BaseInteraction, t: Texts, as: Audience): void {
  readers.set(interaction, { t, as });
}

/** A card with nothing to press but a form that was refused gets what its words name, for whoever acts; any other stays as it is. */
export function leadOn(interaction: BaseInteraction, card: Card): Card {
  const reader = readers.get(interaction);
  const own = card.components ?? [];
  if (!reader || !own.every(isFormAgain)) return card;
  const { t, as } = reader;
  const steps = stepsIn(card).filter(
    ({ press, isForModerators }) =>
      !isHere(interaction, press) &&
      (isForModerators === true ? audiences.moderators.admits(interaction) : as !== 'moderators'),
  );
  if (steps.length === 0) return card;
  const buttons = steps.slice(0, mostSteps).map(({ press, label }) => button(press, t.help.buttons[label]));
  return { ...card, components: [...own, row(...buttons)] };
}

/** Before whoever was refused comes back to it, there may be something to do first. */
function isFormAgain({ components }: NonNullable<Card['components']>[number]): boolean {
  return components.every((each) => 'custom_id' in each && readCustomId(each.custom_id).key === keys.help.formAgain);
}

/** Whether it is this that is being answered: it would lead around in a circle. */
function isHere(interaction: BaseInteraction, [key]: Id): boolean {
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    return readCustomId(interaction.customId).key === key;
  }
  if (!interaction.isChatInputCommand()) return false;
  const typed = `${interaction.commandName} ${pathOf(interaction)}`.trim();
  const known: Readonly<Record<string, NextStep>> = nextSteps;
  return Object.hasOwn(known, typed) && known[typed]?.press[0] === key;
}

/** Pure: what a card's own words name, each once, in their order. */
function stepsIn({ content = '', embeds = [] }: Card): readonly NextStep[] {
  const words = [content, ...embeds.map(({ description = '' }) => description)].join('\n');
  const commands = new Set([...words.matchAll(named)].map(([, command = '']) => command));
  const known: Readonly<Record<string, NextStep>> = nextSteps;
  return [...commands].flatMap((command) => (Object.hasOwn(known, command) ? (known[command] ?? []) : []));
}
