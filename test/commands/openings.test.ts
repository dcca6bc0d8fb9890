import { afterAll, beforeAll, expect, test } from 'vitest';
import { register, requestAt } from '../support/play.ts';
import { openMentor, pass } from '../support/pairs.ts';
import { openTown, type Town } from '../support/town.ts';

const hour = 3_600_000;
let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

/** Somebody who waits because nobody can be suggested. */
async function waiting(name: string) {
  const mentee = town.guild.join({ name });
  await register(mentee, 'mentee', {});
  await mentee.press('Join the waitlist', await mentee.slash('mentor find'));
  await pass(town, 60_000);
  return mentee;
}

const letters = (person: Awaited<ReturnType<typeof waiting>>) =>
  person.dms().filter(({ embeds }) => /A place has opened/.test(embeds[0]?.title ?? ''));

test('those who wait hear of a place by direct message, in turn, and ask or pass from there', async () => {
  const [first, second] = [await waiting('Sana'), await waiting('Omar')];
  const hamza = await openMentor(town, 'Hamza');
  await pass(town, hour);
  expect(letters(first)).toHaveLength(1);
  expect(JSON.stringify(letters(first))).toMatch(/A place has opened: Hamza.*next in line.*Also in internal medicine/);
  // Hamza has two places, so both hear of one.
  expect(letters(second)).toHaveLength(1);

  const inbox = await first.slash('inbox');
  expect(inbox.text).toMatch(/One thing is still open.*A place has opened: Hamza.*Also in internal medicine/s);
  const passed = await first.press('Not this one', inbox);
  expect(passed.text).toMatch(/You keep your turn/);
  await pass(town, hour);
  expect(JSON.stringify(letters(first))).toMatch(/You passed on this place/);
  expect(JSON.stringify(letters(first)[0]?.components)).not.toContain('Ask');
  expect((await first.slash('mentor requests')).text).toMatch(/1 of 2/);
  expect((await first.slash('inbox')).text).toMatch(/Your inbox is empty/);

  await second.press('Ask Hamza', letters(second)[0]);
  const asked = await second.submit({ Message: 'I would be glad to learn from you.' });
  expect(asked.text).toMatch(/on its way/);
  await requestAt(town, hamza, second);
  await pass(town, hour);
  expect(JSON.stringify(letters(second))).toMatch(/You have asked for this place/);

  // Somebody who makes up the button learns nothing, and changes nothing.
  const id = JSON.stringify(letters(second)[0] ?? {});
  expect(id).not.toContain('mentor-offer-pass');
  const forged = await second.forge({ kind: 'button', customId: 'mentor-offer-pass:nobody' });
  expect(forged.text).toMatch(/somebody else’s turn/);
});

test('leaving the waitlist says that the turn is kept, and joining again goes on with it', async () => {
  const noor = town.guild.join({ name: 'Noor' });
  await register(noor, 'mentee', { languages: ['ar'] });
  await noor.press('Join the waitlist', await noor.slash('mentor find'));
  const left = await noor.press('Leave the waitlist', await noor.slash('mentor find'));
  expect(left.text).toMatch(/Your turn, since .* is kept for 90 days/);
  await pass(town, 3 * 24 * hour, 24 * hour);
  expect((await noor.press('Join the waitlist', left)).text).toMatch(/You go on with the turn that you had/);
  expect((await noor.slash('profile pause')).text).toMatch(/you keep your turn/);
  expect((await noor.slash('profile resume')).text).toMatch(/on the waitlist again, with the turn that you had/);
});

test('whoever takes no direct messages finds the place in the inbox once, with its buttons, and asks from there', async () => {
  const zara = town.guild.join({ name: 'Zara', acceptsDms: false });
  await register(zara, 'mentee', {});
  await zara.press('Join the waitlist', await zara.slash('mentor find'));
  await pass(town, 60_000);
  await openMentor(town, 'Bilal');
  await pass(town, hour);
  const inbox = await zara.slash('inbox');
  expect(inbox.text).toMatch(/One thing is still open/);
  expect(inbox.text.match(/A place has opened/g)).toHaveLength(1);
  await zara.press('Ask Bilal', inbox);
  expect((await zara.submit({ Message: 'I would be glad to learn from you.' })).text).toMatch(/on its way/);
  expect((await zara.slash('inbox')).text).not.toMatch(/A place has opened/);
});
