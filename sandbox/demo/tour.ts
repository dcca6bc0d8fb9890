/** The guided tour of the demo: what to click, and how it is seen that it was done. */
import type { APIMessage } from 'discord-api-types/v10';
import type { HasOpened, TourStep, TourTarget } from '../page-server/index.ts';
import { moderator, newcomer, waitingMentor } from './prepared.ts';
import { monthSteps } from './month.ts';
import { officeSteps } from './office.ts';
import { studySteps } from './study.ts';
import { roadSteps } from './road.ts';
import type { Stage } from './stage.ts';
import { be, hasButton, openPlace, press, run, type Step } from './steps.ts';

/** Gives the steps as they stand; what was done stays done. It begins with the set-up where nothing is set up yet. */
export function guide(stage: Stage): (hasOpened: HasOpened) => readonly TourStep[] {
  const steps = stepsOf(stage).filter(({ isGroundwork, isDone }) => !isGroundwork || !isDone(() => false));
  const done = new Set<Step>();
  return (hasOpened) => {
    const offered = steps.filter(({ needs }) => isDeployed(stage, needs));
    // One after the other: a later step that somebody did early is noticed when its turn comes.
    for (const step of offered) {
      if (!done.has(step) && !step.isDone(hasOpened)) break;
      done.add(step);
    }
    return offered.map((step) => ({
      title: step.title,
      text: step.text,
      done: done.has(step),
      targets: step.targets(),
    }));
  };
}

function isDeployed({ sandbox, guild }: Stage, name: string): boolean {
  return [...sandbox.commands(guild.id), ...sandbox.commands()].some((command) => command.name === name);
}

function stepsOf(stage: Stage): readonly Step[] {
  const { guild, sandbox } = stage;
  const hasRole = (name: string, role: string): boolean => {
    const found = guild.roles.find((each) => each.name === role);
    return found !== undefined && guild.rolesOf(stage.person(name).actor).includes(found.id);
  };
  const isAbout = (name: string) => (message: APIMessage) => speaksOf(message, stage.person(name).actor.id);
  /** Messages of the bot in the channel of this name, as the moderator sees them. */
  const posts = (channel: string): readonly APIMessage[] => {
    const found = guild.channels.find(({ name }) => name === channel);
    const seen = found ? stage.person(moderator).actor.messages(found) : [];
    return seen.filter(({ author, flags = 0 }) => author.id === sandbox.botUserId && (flags & ephemeral) === 0);
  };
  /** Who has been asked by the newcomer. */
  const asked = (): string | undefined =>
    stage.names.find(
      (name) =>
        name !== newcomer &&
        stage
          .person(name)
          .actor.dms()
          .some(
            (message) =>
              JSON.stringify(message.components ?? []).includes('"label":"Accept') &&
              speaksOf(message, stage.person(newcomer).actor.id),
          ),
    );
  /** Whether a mentor has answered the newcomer, and nobody else knows yet. */
  const rests = (): boolean =>
    stage.names.some((name) =>
      stage
        .person(name)
        .actor.dms()
        .some(
          (message) =>
            JSON.stringify(message.components ?? []).includes('"label":"Take it back') &&
            speaksOf(message, stage.person(newcomer).actor.id),
        ),
    );
  const pairThread = () =>
    guild.threads().find((thread) => thread.private && thread.memberIds.includes(stage.person(newcomer).actor.id));
  const channelId = (name: string): string => guild.channels.find((channel) => channel.name === name)?.id ?? '';
  const isOpenedByAnybody = (id: string, hasOpened: HasOpened): boolean =>
    stage.names.some((name) => hasOpened(name, id));
  /** Registering: the command, the code of conduct, the form. */
  const register = (name: string, role: string): readonly TourTarget[] => [
    be(name),
    hasButton(stage, name, 'I agree') ? press('I agree', `/register ${role}`) : run(`/register ${role}`),
  ];
  const bot = 'Preceptor';
  return [
    {
      title: `${moderator} sets the bot up`,
      needs: 'setup',
      text: 'The bot has just joined. One command shows which channels and roles it would make, and makes them once she agrees; a time zone is all it has to be told.',
      targets: () => [
        be(moderator),
        hasButton(stage, moderator, 'Set it up') ? press('Set it up', '/setup start') : run('/setup start'),
      ],
      isDone: () => channelId(channels.staff) !== '',
      isGroundwork: true,
    },
    {
      title: `${waitingMentor} offers to be a mentor`,
      needs: 'register',
      text: `${waitingMentor} has walked the road. She registers as a mentor, and says where she stands and what she can help with.`,
      targets: () => register(waitingMentor, 'mentor'),
      isDone: () => hasRole(waitingMentor, roles.mentor) || posts(channels.staff).some(isAbout(waitingMentor)),
      isGroundwork: true,
    },
    {
      title: `${newcomer} registers`,
      needs: 'register',
      text: `${newcomer} is new. She tells the bot where she stands: her time zone in the command, the rest in one form.`,
      targets: () => register(newcomer, 'mentee'),
      isDone: () => hasRole(newcomer, roles.mentee),
    },
    {
      title: `${moderator} verifies a mentor`,
      needs: 'mentors',
      text: `${waitingMentor} has registered as a mentor. Nobody is suggested before a moderator has confirmed who they are.`,
      targets: () => [be(moderator), openPlace(channels.staff), press('Verify', '/mentors queue')],
      isDone: () => hasRole(waitingMentor, roles.mentor),
    },
    {
      title: `${newcomer} finds a mentor`,
      needs: 'mentor',
      text: 'She sees who suits her and why, in words, and asks one of them.',
      targets: () => [be(newcomer), foundMentors(stage) ? press('Request', '/mentor find') : run('/mentor find')],
      isDone: () => asked() !== undefined || pairThread() !== undefined,
    },
    {
      title: 'The mentor accepts',
      needs: 'mentor',
      text: 'The request has reached the mentor as a direct message. Accepting can be taken back for a minute; then it opens a private thread for the two.',
      targets: () => {
        // Their answer rests for a minute, in which they could take it back.
        if (rests()) return [{ kind: 'clock' }];
        const mentor = asked();
        // They declined: the next one is asked for.
        if (mentor === undefined) return [be(newcomer), run('/mentor find')];
        return [be(mentor), openPlace(bot), press('Accept', '/mentor requests')];
      },
      isDone: () => pairThread() !== undefined,
    },
    {
      title: 'A thread of their own',
      needs: 'mentor',
      text: 'Only the two, and whoever may manage threads, can read it. It begins with a guide to a first meeting.',
      targets: () => [be(newcomer), openPlace(pairThread()?.name ?? '')],
      isDone: (hasOpened) => isOpenedByAnybody(pairThread()?.id ?? '', hasOpened),
    },
    {
      title: 'Monday’s tip',
      needs: 'schedule',
      text: 'Tips and study prompts come by themselves, in the time zone of the server. Let time pass until the next one, and read it.',
      targets: () => [posts(channels.tips).length === 0 ? { kind: 'clock' } : openPlace(channels.tips)],
      isDone: (hasOpened) => posts(channels.tips).length > 0 && isOpenedByAnybody(channelId(channels.tips), hasOpened),
    },
    {
      title: 'An announcement',
      needs: 'announce',
      text: `${moderator} writes an announcement, sees it exactly as it will look, and confirms.`,
      targets: () => [
        be(moderator),
        hasButton(stage, moderator, 'Post now') ? press('Post now', '/announce compose') : run('/announce compose'),
      ],
      isDone: () => posts(channels.announcements).length > 0,
    },
    ...roadSteps(stage),
    ...monthSteps(stage),
    ...officeSteps(stage),
    ...studySteps(stage),
  ];
}

const ephemeral = 1 << 6;
/** What `/setup start` calls what it creates. */
const channels = { staff: 'mentoring-staff', tips: 'tips', announcements: 'announcements' } as const;
const roles = { mentor: 'Mentor', mentee: 'Mentee' } as const;

function foundMentors(stage: Stage): boolean {
  return stage
    .person(newcomer)
    .actor.ephemerals()
    .some((message) => (message as { interaction?: { name?: string } }).interaction?.name === 'mentor find');
}

function speaksOf(message: APIMessage, id: string): boolean {
  return JSON.stringify(message).includes(id);
}
