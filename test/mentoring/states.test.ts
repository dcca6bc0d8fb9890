import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMentorship } from '../../src/db/mentorships.ts';
import { insertRest, listRests } from '../../src/db/rests.ts';
import { changeState, readStanding, tryChange } from '../../src/mentoring/changes.ts';
import {
  type Act,
  type Actor,
  drawStates,
  findTransition,
  restIn,
  type Standing,
  transitions,
} from '../../src/mentoring/states.ts';
import { openTestContext, testGuildId } from '../support/context.ts';

const standings: readonly Standing[] = [
  'active',
  'paused (mentor)',
  'paused (mentee)',
  'paused (away)',
  'paused (review)',
  'paused (case)',
  'completed',
  'ended',
];
const acts: readonly Act[] = [...new Set(transitions.map(({ act }) => act))];
const actors: readonly Actor[] = ['mentor', 'mentee', 'both', 'moderator', 'handler', 'bot'];

test('the diagram in the documentation is the table', async () => {
  await expect(drawStates()).toMatchFileSnapshot('../../docs/mentorship-states.md');
});

test('every act of everybody in every state does what the table says, and is refused otherwise with nothing changed', async () => {
  const ctx = await openTestContext();
  let n = 0;
  const make = async (standing: Standing, by: Actor): Promise<string> => {
    n += 1;
    const id = `pair-${n}`;
    const [state] = standing.split(' ') as ['active' | 'paused' | 'completed' | 'ended'];
    const begins = restIn(standing);
    const isOver = state === 'completed' || state === 'ended';
    await ctx.db
      .insertInto('mentorships')
      .values({
        id,
        guild_id: testGuildId,
        mentor_id: `mentor-${n}`,
        mentee_id: `mentee-${n}`,
        state,
        started_at: ctx.now(),
        due_at: ctx.now(),
        ended_at: isOver ? ctx.now() : null,
      })
      .execute();
    const whose = by === 'handler' || by === 'both' ? 'moderator' : by;
    const rest = {
      mentorship_id: id,
      guild_id: testGuildId,
      since: ctx.now(),
      until: null,
      by: begins?.by ?? whose,
    } as const;
    if (begins) await ctx.db.transaction().execute((trx) => insertRest(trx, { ...rest, cause: begins.cause }));
    return id;
  };
  const seen = async (id: string) => {
    const mentorship = await findMentorship(ctx.db, id);
    return JSON.stringify([mentorship, await listRests(ctx.db, id)]);
  };
  for (const from of standings) {
    for (const act of acts) {
      for (const by of actors) {
        const id = await make(from, by);
        const row = findTransition([from], act, by);
        expect(row === undefined, `${from} ${act} ${by}`).toBe(
          !transitions.some((each) => each.act === act && each.from.includes(from) && each.by.includes(by)),
        );
        const before = await seen(id);
        const changed = await ctx.db.transaction().execute((trx) => tryChange(ctx, trx, id, { act, by }));
        if (row) {
          const mentorship = await findMentorship(ctx.db, id);
          if (!mentorship) throw new Error('the pair is gone');
          const now = (await readStanding(ctx.db, mentorship)).standings;
          expect(now, `${from} ${act} ${by}`).toContain(row.to);
          // A second reason to rest does not take the first away.
          expect(now.length).toBe(from.startsWith('paused') && row.to.startsWith('paused') && from !== row.to ? 2 : 1);
        } else {
          expect(changed).toBeUndefined();
          expect(await seen(id)).toBe(before);
          await expect(ctx.db.transaction().execute((trx) => changeState(ctx, trx, id, { act, by }))).rejects.toThrow(
            /rests|already ended|is going on/,
          );
        }
      }
    }
  }
  await ctx.db.destroy();
});

test('the state of a mentorship is written in one place, which only that table leads to', () => {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const having = (pattern: RegExp) => files.filter((name) => pattern.test(readFileSync(join(root, name), 'utf8')));
  expect(having(/\bwriteState\(/).toSorted()).toEqual(['db/mentorships.ts', 'mentoring/changes.ts']);
  // Names are taken out of a row, and its thread noted, elsewhere.
  const writers = having(/updateTable\('mentorships'\)\s*\.set\(\{[^}]*\bstate\b/);
  expect(writers).toEqual(['db/mentorships.ts']);
});
