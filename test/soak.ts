/**
 * A community under random acts and random trouble, for as long as one likes: people ask, accept, decline, withdraw and end,
 * while the bot is killed, the gateway drops and Discord answers badly. Afterwards everything must have arrived, and
 * nothing twice. Seeded: the same seed gives the same acts.
 *
 *   node test/soak.ts [--acts 150] [--seed 1]
 */
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import type { Actor, Answer, APIMessage } from '../sandbox/api.ts';
import { seededRandom } from './support/context.ts';
import { ask, type Community, day, hour, minute, openCommunity, threadsOf } from './support/play.ts';

const { values } = parseArgs({
  options: { acts: { type: 'string', default: '150' }, seed: { type: 'string', default: '1' } },
});
const random = seededRandom(Number(values.seed));
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const community = await openCommunity();
const mentors: Actor[] = [];
const mentees: Actor[] = [];
for (let i = 0; i < 5; i += 1) mentors.push(await community.mentor(`Mentor ${i}`, { capacity: 1 + (i % 3) }));
for (let i = 0; i < 10; i += 1) mentees.push(await community.mentee(`Mentee ${i}`));

const tally = new Map<string, number>();
/** What a person may read when the bot was killed under their hands; anything else is a fault of the bot. */
const unanswered = /did not respond|not connected|no bot/i;

/** Does one thing; says whether it could be done. */
const acts: Readonly<Record<string, (c: Community) => Promise<unknown>>> = {
  ask: () => ask(pick(mentees), pick(mentors)),
  find: () => pick(mentees).slash('mentor find'),
  accept: () => answerSome('Accept'),
  decline: async () => {
    const mentor = await answerSome('Decline');
    if (mentor) await mentor.submit({ Reason: [pick(['no-place', 'not-my-area', 'away'])] });
  },
  withdraw: () => pick(mentees).slash('mentor withdraw', { member: pick(mentors) }),
  end: async () => {
    const mentee = pick(mentees);
    const asked = await mentee.slash('mentorship end', { reason: 'no-time' });
    return asked.message && hasButton('End it')(asked.message) ? await mentee.press('End it', asked) : asked;
  },
  inbox: () => pick(mentors).slash('inbox'),
  wait: (c) => c.pass(Math.floor(random() * 12) * hour),
  kill: async (c) => {
    await c.bot.kill();
    await c.start();
  },
  killSoon: async (c) => {
    // In the middle of what an act sets off: the bot dies at one of the requests that follow it.
    const hold = c.sandbox.fault({
      kind: 'hold',
      route: /\/(channels|guilds|users)\//,
      skip: Math.floor(random() * 6),
      afterEffect: random() < 0.5,
    });
    await ask(pick(mentees), pick(mentors)).catch(tolerate);
    await answerSome('Accept').catch(tolerate);
    await Promise.race([hold.reached, c.bot.tick().catch(() => undefined)]);
    await c.bot.kill();
    hold.clear();
    await c.start();
  },
  drop: async (c) => {
    c.sandbox.dropGateway(pick(['resumable', 'invalid', 'cut'] as const));
    await c.sandbox.botReady();
  },
  lost: (c) => fault(c, { kind: 'cut', afterEffect: true }),
  refused: (c) => fault(c, { kind: 'error', status: 503, afterEffect: random() < 0.5 }),
  limited: (c) => fault(c, { kind: 'rate-limit', retryAfterMs: 200 }),
};

/** People act more often than trouble comes. */
const drawn = [...Object.keys(acts), 'ask', 'ask', 'ask', 'accept', 'accept', 'decline', 'end', 'killSoon'];

/** Trouble for the next deliveries; what answers people directly is left alone. */
async function fault(c: Community, kind: Parameters<Community['sandbox']['fault']>[0]): Promise<void> {
  c.sandbox.fault({ ...kind, route: /\/(channels|guilds|users)\//, times: 2 });
  await Promise.resolve();
}

/** Some mentor presses a button on some request that still has it. */
async function answerSome(button: string): Promise<Actor | undefined> {
  const open = mentors.flatMap((mentor) => mentor.dms().filter(hasButton(button)).map((message) => ({ mentor, message }))); // prettier-ignore
  if (open.length === 0) return undefined;
  const { mentor, message } = pick(open);
  const answer = await mentor.press(button, message);
  assertAnswered(answer);
  return answer.kind === 'modal' ? mentor : undefined;
}

/** Whether a request can still be answered. */
const isOpen = (message: APIMessage) => hasButton('Accept')(message) || hasButton('Decline')(message);

/** Beside the buttons of a request a message may have one about the person's own data. */
const hasButton = (label: string) => (message: APIMessage) =>
  JSON.stringify(message.components ?? []).includes(`"label":"${label}`);

function assertAnswered(answer: unknown): void {
  const text = (answer as Answer | undefined)?.text ?? '';
  assert.doesNotMatch(text, /went wrong/i);
}

function tolerate(error: unknown): void {
  if (!(error instanceof Error) || !unanswered.test(error.message)) throw error;
}

for (let i = 0; i < Number(values.acts); i += 1) {
  const name = pick(drawn);
  tally.set(name, (tally.get(name) ?? 0) + 1);
  try {
    assertAnswered(await acts[name]?.(community));
  } catch (error) {
    throw new Error(`act ${i} (${name}) of seed ${values.seed}`, { cause: error });
  }
}

// Calm again: claims of killed processes run out, retries come due, and whatever nobody answers expires.
for (let i = 0; i < 4; i += 1) await community.pass(20 * minute);
// Three choices that nobody answers are over after three weeks.
for (let i = 0; i < 22; i += 1) await community.pass(day);

const everything = [
  ...[...mentors, ...mentees, community.moderator].flatMap((person) => person.dms()),
  ...community.guild.channels.flatMap((channel) => community.moderator.messages(channel)),
  ...mentees.flatMap((mentee) => threadsOf(community, mentee).flatMap((thread) => mentee.messages(thread))),
];
const refs = everything.flatMap((message) => message.embeds.map((embed) => embed.footer?.text ?? embed.author?.url ?? '')).filter((text) => text.includes('ref')); // prettier-ignore
assert.ok(refs.length > mentors.length, 'messages were delivered');
assert.equal(new Set(refs).size, refs.length, 'no message was delivered twice');

let pairs = 0;
for (const mentee of mentees) {
  const requests = await mentee.slash('mentor requests');
  assert.doesNotMatch(requests.text, /waits for an answer until/i, `${mentee.name} waits for nobody after 22 days`);
  const mentorship = await mentee.slash('mentorship show');
  const threads = threadsOf(community, mentee);
  assert.equal(new Set(threads.map(({ name }) => name)).size, threads.length, 'no pair has two threads');
  const partner = mentors.find((mentor) => mentorship.text.includes(mentor.id));
  if (!partner) continue;
  pairs += 1;
  assert.ok(
    threads.some(({ memberIds }) => memberIds.includes(partner.id)),
    `${mentee.name} and ${partner.name} have their thread`,
  );
}
for (const mentor of mentors)
  assert.equal(mentor.dms().filter(isOpen).length, 0, `nothing at ${mentor.name} can still be pressed`);

await community.close();
console.log(`${values.acts} acts (${[...tally].map(([name, n]) => `${n} ${name}`).join(', ')})`);
console.log(
  `${refs.length} messages delivered, none twice; ${pairs} pairs at the end, each with its thread. Seed ${values.seed}.`,
);
