/** The guided tour of the demo: what to click, and how it is seen that it was done. */
import type { APIMessage } from 'discord-api-types/v10';
import type { TourStep, TourTarget } from '../page-server/index.ts';
import { moderator, newcomer, waitingMentor } from './prepared.ts';
import type { Stage } from './stage.ts';

interface Step {
  readonly title: string;
  readonly text: string;
  /** The command without which there is nothing to show: the step is left out. */
  readonly needs: string;
  readonly targets: () => readonly TourTarget[];
  readonly isDone: () => boolean;
}

const be = (name: string): TourTarget => ({ kind: 'person', name });
const openPlace = (name: string): TourTarget => ({ kind: 'place', name });
const press = (label: string): TourTarget => ({ kind: 'button', label });
const run = (text: string): TourTarget => ({ kind: 'command', text });

/** Gives the steps as they stand; what was done stays done. */
export function guide(stage: Stage): () => readonly TourStep[] {
  const steps = stepsOf(stage);
  const done = new Set<Step>();
  return () => {
    const offered = steps.filter(({ needs }) => isDeployed(stage, needs));
    // One after the other: a later step that somebody did early is noticed when its turn comes.
    for (const step of offered) {
      if (!done.has(step) && !step.isDone()) break;
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
            (message) => (message.components ?? []).length > 0 && speaksOf(message, stage.person(newcomer).actor.id),
          ),
    );
  const paired = (): boolean =>
    guild.threads().some((thread) => thread.private && thread.memberIds.includes(stage.person(newcomer).actor.id));
  const bot = 'Preceptor';
  return [
    {
      title: `${newcomer} registers`,
      needs: 'register',
      text: `${newcomer} is new. She tells the bot where she stands: her time zone in the command, the rest in one form.`,
      targets: () => [be(newcomer), run('/register mentee')],
      isDone: () => hasRole(newcomer, roles.mentee),
    },
    {
      title: `${moderator} verifies a mentor`,
      needs: 'mentors',
      text: `${waitingMentor} has registered as a mentor. Nobody is suggested before a moderator has confirmed who they are.`,
      targets: () => [be(moderator), openPlace(channels.staff), press('Verify')],
      isDone: () => hasRole(waitingMentor, roles.mentor),
    },
    {
      title: `${newcomer} finds a mentor`,
      needs: 'mentor',
      text: 'She sees who suits her and why, in words, and asks one of them.',
      targets: () => [be(newcomer), ...(foundMentors(stage) ? [press('Request')] : [run('/mentor find')])],
      isDone: () => asked() !== undefined || paired(),
    },
    {
      title: 'The mentor accepts',
      needs: 'mentor',
      text: 'The request has reached the mentor as a direct message. Accepting opens a private thread for the two.',
      targets: () => [be(asked() ?? waitingMentor), openPlace(bot), press('Accept')],
      isDone: paired,
    },
    {
      title: 'Monday’s tip',
      needs: 'schedule',
      text: 'Tips and study prompts come by themselves, in the time zone of the server. Let time pass until the next one.',
      targets: () => [{ kind: 'clock' }],
      isDone: () => posts(channels.tips).length > 0,
    },
    {
      title: 'An announcement',
      needs: 'announce',
      text: `${moderator} writes an announcement, sees it exactly as it will look, and confirms.`,
      targets: () => [be(moderator), ...(hasPreview(stage) ? [press('Post now')] : [run('/announce compose')])],
      isDone: () => posts(channels.announcements).length > 0,
    },
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

function hasPreview(stage: Stage): boolean {
  return stage
    .person(moderator)
    .actor.ephemerals()
    .some((message) => JSON.stringify(message.components).includes('"Post now"'));
}

function speaksOf(message: APIMessage, id: string): boolean {
  return JSON.stringify(message).includes(id);
}
