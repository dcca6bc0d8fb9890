/** What the page knows and shows. One state, changed in one place, rendered as a whole. */
import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { MenuKind, Place, Reply, ShownCommand, Surroundings } from '../page-server/protocol.ts';
import type { View } from '../render/view.ts';

/** A line that only this page shows: something that could not be done. */
export interface Note {
  readonly place: string;
  readonly text: string;
}

/** The message or member whose menu is meant. */
export interface MenuTarget {
  readonly kind: MenuKind;
  readonly id: string;
  /** Of the member, or of the message's author. */
  readonly name: string;
}

export interface State {
  connection: 'connecting' | 'open' | 'lost';
  attachmentOrigin: string;
  around: Surroundings | undefined;
  place: string;
  messages: ReadonlyMap<string, APIMessage>;
  order: readonly string[];
  /** Ids of messages whose button or menu was used and is not yet answered. */
  pending: ReadonlySet<string>;
  /** What went wrong with a message's button or menu, by the message's id. */
  failures: ReadonlyMap<string, string>;
  note: Note | undefined;
  form: APIModalInteractionResponseCallbackData | undefined;
  formError: string;
  /** Said to screen readers, and shown at the clock. */
  status: string;
  commands: readonly ShownCommand[];
  /** The text in the command box. */
  typed: string;
  /** The command that is being filled in. */
  filling: ShownCommand | undefined;
  /** Counts the commands begun and the places left: an answer to one sent before does not open it over another. */
  begun: number;
  drawer: 'places' | 'members' | undefined;
  /** Whether a narrow screen shows what it folds away: the clock, the colors, the members, all steps of the tour. */
  unfolded: boolean;
  choosingPerson: boolean;
  theme: 'system' | 'dark' | 'light';
  tourOpen: boolean;
  /** The menu of a message that is open: message id and custom id. */
  menu: string | undefined;
  /** Whose menu of apps is open. */
  appsOf: MenuTarget | undefined;
  movingClock: boolean;
  /** What the last move of the clock brought. */
  clockSaid: string;
}

export const state: State = {
  connection: 'connecting',
  attachmentOrigin: '',
  around: undefined,
  place: '',
  messages: new Map(),
  order: [],
  pending: new Set(),
  failures: new Map(),
  note: undefined,
  form: undefined,
  formError: '',
  status: '',
  commands: [],
  typed: '',
  filling: undefined,
  begun: 0,
  drawer: undefined,
  unfolded: false,
  choosingPerson: false,
  theme: 'system',
  tourOpen: true,
  menu: undefined,
  appsOf: undefined,
  movingClock: false,
  clockSaid: '',
};

let draw: () => void = () => undefined;
let scheduled = false;

/** Who draws the page. */
export function onChange(render: () => void): void {
  draw = render;
}

/** Changes the state; the page is drawn once for all changes of a frame. */
export function change(changes: Partial<State>): void {
  Object.assign(state, changes);
  if (scheduled) return;
  scheduled = true;
  // A page in the background has no frames, and is to be up to date all the same.
  const next = document.hidden ? queueMicrotask : requestAnimationFrame;
  next(() => {
    scheduled = false;
    draw();
  });
}

/** The place that is open. */
export function currentPlace(): Place | undefined {
  return state.around?.places.find(({ id }) => id === state.place);
}

/** The time in this Discord. */
export function now(): number {
  return Date.now() + (state.around?.clockOffsetMs ?? 0);
}

/** How the person who looks sees times and names. */
export function view(): View {
  const { around } = state;
  return {
    timeZone: around?.me.timeZone ?? 'UTC',
    now: now(),
    userName: (id) =>
      around?.bot.id === id ? around.bot.name : (around?.people.find((one) => one.id === id)?.name ?? memberName(id)),
    channelName: (id) => [...(around?.channels ?? []), ...(around?.places ?? [])].find((one) => one.id === id)?.name,
    roleName: (id) => around?.roles.find((one) => one.id === id)?.name,
  };
}

function memberName(id: string): string | undefined {
  return state.around?.members.find((one) => one.id === id)?.name;
}

/** The sentence that a failed reply is shown with. */
export function failureOf(reply: Reply): string {
  if (reply.late) return 'This interaction failed: the bot did not answer in time.';
  return reply.error ?? '';
}
