/** A guild on paper, for the tests of the terminal: it answers as it was told to and writes down what was done. */
import type { Actor, Answer, APIMessage } from '../../sandbox/api.ts';
import type { ConsoleStage } from '../../sandbox/console/session.ts';

interface FakeGuild {
  readonly stage: ConsoleStage;
  /** What was done, in order: `['slash', 'tip', {}]`. */
  readonly done: unknown[][];
  /** Answers of the bot, taken in order. */
  readonly answers: Answer[];
  readonly channelMessages: Map<string, APIMessage[]>;
  readonly directMessages: Map<string, APIMessage[]>;
  choices: { name: string; value: string }[];
}

const string = (name: string, change: object = {}) => ({ type: 3, name, description: name, ...change });
/** The commands of the bot on paper: an option of every kind. */
const commands = [
  {
    name: 'register',
    options: [
      {
        type: 1,
        name: 'mentor',
        description: 'As a mentor',
        options: [
          string('timezone', { required: true, autocomplete: true }),
          { type: 4, name: 'capacity', description: 'Places' },
        ],
      },
      { type: 1, name: 'mentee', description: 'As a mentee', options: [string('timezone')] },
    ],
  },
  {
    name: 'mentor',
    options: [
      {
        type: 1,
        name: 'request',
        description: 'Ask',
        options: [{ type: 6, name: 'member', description: 'Whom', required: true }],
      },
    ],
  },
  {
    name: 'notify',
    description: 'Opt in',
    options: [
      string('what', { choices: [{ name: 'Weekly tips', value: 'tips' }] }),
      { type: 5, name: 'on', description: 'On' },
    ],
  },
];
const start = Date.parse('2026-11-30T09:00:00Z');
let lastId = 100;

/** A message by the bot. */
export function fakeMessage(content: string, components: object[] = []): APIMessage {
  const author = { id: '9', username: 'Preceptor', global_name: null, bot: true };
  const id = String((lastId += 1));
  return { id, author, content, components, timestamp: new Date(start).toISOString() } as unknown as APIMessage;
}

/** An answer of the bot, a message unless told otherwise. */
export function fakeAnswer(change: Partial<Answer>): Answer {
  return { kind: 'message', ephemeral: false, followUps: [], text: '', ackMs: 1, interactionId: '1', ...change };
}

/** Two people, a channel for both, a thread for the second, and commands. */
export function fakeGuild(): FakeGuild {
  const people = [
    { name: 'Amara', timeZone: 'Africa/Lagos', story: 'Studies for Step 1.' },
    { name: 'Hamza', timeZone: 'America/Chicago' },
  ];
  const done: unknown[][] = [];
  const answers: Answer[] = [];
  const channelMessages = new Map<string, APIMessage[]>([
    ['20', []],
    ['21', []],
    ['30', []],
  ]);
  const directMessages = new Map<string, APIMessage[]>();
  let now = start;
  const fake: FakeGuild = { stage: undefined as never, done, answers, channelMessages, directMessages, choices: [] };

  const act = (...what: unknown[]): Promise<Answer> => {
    done.push(what);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new Error('There is no such button.'));
  };
  const actorFor = (name: string): Actor => {
    const id = name === 'Amara' ? '1' : '2';
    const actor = {
      id,
      name,
      slash: (command: string, options: object, where: object) => act('slash', command, options, where),
      complete: (...what: unknown[]) => {
        done.push(['complete', ...what]);
        return Promise.resolve(fake.choices);
      },
      press: (label: string) => act('press', label),
      select: (menu: string, values: readonly string[]) => act('select', menu, values),
      submit: (fields: object) => act('submit', fields),
      messages: (channelId: string) => {
        const isOpen = channelId === '20' || (channelId === '30' && name === 'Hamza');
        if (!isOpen) throw new Error('Missing Access');
        return channelMessages.get(channelId) ?? [];
      },
      dms: () => directMessages.get(name) ?? [],
      ephemerals: () => [],
      say: (channelId: string, content: string) => {
        done.push(['say', channelId, content]);
        return fakeMessage(content);
      },
    };
    return actor as unknown as Actor;
  };
  const stage = {
    sandbox: {
      botUserId: '9',
      commands: (guildId?: string) => (guildId === undefined ? commands : []),
      clock: { now: () => now, advance: (ms: number) => void (now += ms), onAdvance: () => undefined },
    },
    guild: {
      id: '5',
      name: 'IMG community',
      as: (person: string) => actorFor(person),
      channels: [
        { id: '20', name: 'general', kind: 'channel' },
        { id: '21', name: 'moderators', kind: 'channel' },
      ],
      roles: [{ id: '40', name: 'Mentors', kind: 'role' }],
      threads: () => [
        { id: '30', name: 'Amara and Hamza', parentId: '20', private: true, memberIds: ['2'], archived: false },
      ],
      rolesOf: (person: { name: string }) => (person.name === 'Hamza' ? ['40'] : []),
    },
    people,
  };
  return Object.assign(fake, { stage: stage as unknown as ConsoleStage });
}
