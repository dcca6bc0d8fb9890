/** What the visitor does: each asks the server and shows what came of it. */
import type { APIMessage } from 'discord-api-types/v10';
import type { Ask, FieldValue, Forward, Reply, Surroundings, Told } from '../page-server/protocol.ts';
import { Live } from './live.ts';
import { plain } from './markdown.ts';
import { change, currentPlace, failureOf, type MenuTarget, state } from './state.ts';
import { closeDialog } from './views/dialog.ts';

const nameKey = 'sandbox-person';
/** Clicks that lead to another place or person and are not yet answered. */
let leaving = 0;
/** The channels and members around the new place, held until its messages arrive. */
let arriving: Surroundings | undefined;
const live = new Live(new URLSearchParams(location.hash.slice(1)).get('key') ?? '', {
  connected: (connection) => change({ connection }),
  told: hear,
});

/** Connects to the local Discord. */
export function start(): void {
  live.connect(() => state.around?.me.name ?? sessionStorage.getItem(nameKey));
}

function hear(told: Exclude<Told, Reply>): void {
  if (told.type === 'welcome') change({ attachmentOrigin: told.attachmentOrigin });
  else if (told.type === 'surroundings') {
    sessionStorage.setItem(nameKey, told.me.name);
    const isElsewhere = told.open !== state.place || told.me.id !== state.around?.me.id;
    // Without a click: the open thread was deleted, say. After a click, what is typed is meant for here already.
    if (isElsewhere && leaving === 0) dropWritten();
    // With its messages: a page between two places would have no box to type in.
    if (told.open === state.place) change({ around: told });
    else arriving = told;
  } else {
    const sameRoom = told.place === state.place;
    const known = sameRoom ? state.messages : new Map<string, APIMessage>();
    const changed = new Map(told.changed.map((message) => [message.id, message]));
    const messages = new Map<string, APIMessage>();
    for (const id of told.order) {
      const message = changed.get(id) ?? known.get(id);
      if (message) messages.set(id, message);
    }
    const news = sameRoom ? told.changed.filter(({ id }) => !known.has(id)) : [];
    change({
      around: arriving ?? state.around,
      place: told.place,
      messages,
      order: told.order,
      ...(sameRoom ? {} : { note: undefined, failures: new Map(), menu: undefined, appsOf: undefined }),
      ...(news.length > 0 ? { status: news.map(announce).join(' ') } : {}),
    });
    arriving = undefined;
  }
}

/** Empties the command box: a draft belongs to one person in one place. */
function dropWritten(): void {
  change({ typed: '', filling: undefined, begun: state.begun + 1 });
}

/** Goes elsewhere: what was being typed is dropped now, and not what is typed until the answer comes. */
async function leave(ask: Extract<Ask, { do: 'become' | 'open' }>, isHere: boolean): Promise<void> {
  if (state.connection === 'open' && !(isHere && leaving === 0)) dropWritten();
  leaving += 1;
  await live.ask(ask);
  leaving -= 1;
}

/** A new message in the words that are read out. */
function announce({ author, content, embeds }: APIMessage): string {
  const text = content || embeds[0]?.title || embeds[0]?.description || 'a message';
  return `${author.global_name ?? author.username}: ${plain(text).slice(0, 200)}`;
}

/** Becomes somebody else, with their channels and messages. */
export async function become(name: string): Promise<void> {
  closeDialog();
  change({
    choosingPerson: false,
    form: undefined,
    drawer: undefined,
    unfolded: false,
    commands: [],
    failures: new Map(),
    note: undefined,
  });
  await leave({ do: 'become', name }, name === state.around?.me.name);
  change({ status: `You are ${name} now.` });
}

export async function open(place: string): Promise<void> {
  change({ drawer: undefined, unfolded: false, commands: [], clockSaid: '' });
  await leave({ do: 'open', place }, place === state.place);
}

export async function say(text: string): Promise<void> {
  noteFailure(await live.ask({ do: 'say', text }));
}

export async function loadCommands(): Promise<void> {
  const { commands = [] } = await live.ask({ do: 'commands' });
  change({ commands });
}

export async function complete(
  command: string,
  option: string,
  typed: string,
  others: Extract<Ask, { do: 'complete' }>['others'],
): Promise<NonNullable<Reply['choices']>> {
  const { choices = [] } = await live.ask({ do: 'complete', command, option, typed, others });
  return choices;
}

/** Runs a command. @returns what Discord's client would show in red; empty when it went out. */
export async function slash(command: string, options: Extract<Ask, { do: 'slash' }>['options']): Promise<string> {
  return send(`/${command}`, { do: 'slash', command, options });
}

/** Chooses an app's entry in the menu of a message or a member. */
export async function runApp(name: string, { kind, id }: MenuTarget): Promise<void> {
  const ask = { do: 'app', name, kind, id } as const;
  if (kind === 'message') await use(id, ask);
  else await send(name, ask);
}

async function send(what: string, ask: Exclude<Ask, { do: 'hello' }>): Promise<string> {
  const { place } = state;
  change({ note: { place, text: `Sending ${what} …` } });
  const reply = await live.ask(ask);
  change({ note: undefined });
  takeForm(reply);
  noteFailure(reply);
  return failureOf(reply);
}

export async function press(message: string, customId: string): Promise<void> {
  await use(message, { do: 'press', message, customId });
}

export async function choose(message: string, customId: string, values: readonly string[]): Promise<void> {
  change({ menu: undefined });
  await use(message, { do: 'select', message, customId, values });
}

async function use(message: string, ask: Exclude<Ask, { do: 'hello' }>): Promise<void> {
  const failures = new Map(state.failures);
  failures.delete(message);
  change({ pending: new Set([...state.pending, message]), failures });
  const reply = await live.ask(ask);
  change({ pending: new Set([...state.pending].filter((id) => id !== message)) });
  if (reply.error !== undefined) {
    change({ failures: new Map([...state.failures, [message, failureOf(reply)]]), status: failureOf(reply) });
  }
  takeForm(reply);
}

/** Sends the open form; it stays open with the reason when it was not taken. */
export async function submit(fields: Readonly<Record<string, FieldValue>>): Promise<void> {
  const { form } = state;
  change({ formError: '' });
  const reply = await live.ask({ do: 'submit', fields });
  if (reply.error !== undefined) change({ formError: failureOf(reply) });
  else if (state.form === form) {
    closeDialog();
    change({ form: undefined });
  }
  takeForm(reply);
}

export async function dismiss(message: string): Promise<void> {
  await live.ask({ do: 'dismiss', message });
}

export async function moveClock(forward: Forward): Promise<void> {
  change({ movingClock: true, clockSaid: 'Time passes …', status: 'Time passes …' });
  const reply = await live.ask({ do: 'clock', forward });
  const said = reply.said ?? reply.error ?? '';
  change({ movingClock: false, clockSaid: said, status: said });
}

function takeForm({ modal }: Reply): void {
  if (modal) change({ form: modal, formError: '' });
}

function noteFailure(reply: Reply): void {
  if (reply.error === undefined) return;
  const text = failureOf(reply);
  change({ note: { place: currentPlace()?.id ?? '', text }, status: text });
}
