import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../sandbox/api.ts';
import { Session } from '../../../sandbox/console/index.ts';
import { fakeAnswer, fakeGuild, fakeMessage } from '../../support/fake-guild.ts';

const here = { channelId: '20' };

function open() {
  const fake = fakeGuild();
  const settled: number[] = [];
  const session = new Session(fake.stage, { settled: () => Promise.resolve(void settled.push(1)) });
  return { ...fake, fake, session, settled, run: (line: string) => session.run(line) };
}
const said = (content: string): Answer => fakeAnswer({ message: fakeMessage(content) });

describe('a slash command', () => {
  it('is run in the channel with its options in their types', async () => {
    const { run, fake, done, answers } = open();
    fake.choices = [{ name: 'Karachi (UTC+5)', value: 'Asia/Karachi' }];
    answers.push(said('Welcome'));
    const shown = await run('/register mentor timezone:Karachi capacity:2');
    expect(done).toEqual([
      ['complete', 'register mentor', 'timezone', 'Karachi', { capacity: 2 }],
      ['slash', 'register mentor', { timezone: 'Asia/Karachi', capacity: 2 }, here],
    ]);
    expect(shown).toContain('(timezone: Karachi (UTC+5))');
    expect(shown).toContain('Welcome');
  });

  it('takes a person, a choice by its name, and yes or no', async () => {
    const { run, done, answers } = open();
    answers.push(said('Asked'), said('Noted'));
    await run('/mentor request hamza');
    await run('/notify what:weekly tips on:yes');
    expect(done[0]).toEqual([
      'slash',
      'mentor request',
      { member: expect.objectContaining({ id: '2' }) as unknown },
      here,
    ]);
    expect(done[1]).toEqual(['slash', 'notify', { what: 'tips', on: true }, here]);
  });

  it.each([
    ['/register', /Go on with one of: \/register mentor, \/register mentee\./],
    ['/dance', /no command \/dance\. There is: \/register \/mentor \/notify\./],
    ['/notify color:red', /no option of \/notify "color"/],
    ['/notify what:news', /no choice for what "news"\. There is: Weekly tips\./],
    ['/notify on:perhaps', /on is yes or no/],
    ['/register mentor timezone:x capacity:two', /capacity is a number/],
    ['/mentor request Zoe', /no person "Zoe"/],
  ])('%s says what would work', async (line, expected) => {
    expect(await open().run(line)).toMatch(expected);
  });
});

describe('what a person sees', () => {
  it('is the answer, and what is new since the last look', async () => {
    const { run, answers, channelMessages, directMessages } = open();
    channelMessages.get('20')?.push(fakeMessage('Tip of the week'));
    expect(await run('')).toContain('Tip of the week');
    directMessages.set('Amara', [fakeMessage('A mentor accepted')]);
    answers.push(said('Done'));
    const shown = await run('press OK');
    expect(shown).toContain('Done');
    expect(shown).toContain('— new in dms');
    expect(shown).toContain('A mentor accepted');
    expect(shown).not.toContain('Tip of the week');
    expect(await run('')).toBe('');
  });

  it('is shortened where much is new', async () => {
    const { run, channelMessages } = open();
    for (let index = 0; index < 7; index += 1) channelMessages.get('20')?.push(fakeMessage(`tip ${index}`));
    const shown = await run('');
    expect(shown).toContain('(2 earlier; "look #general" shows them)');
    expect(shown).not.toContain('tip 1');
    expect(await run('look #general')).toContain('tip 1');
  });

  it('shows a message again when it has changed', async () => {
    const { run, channelMessages } = open();
    const message = fakeMessage('Pending');
    channelMessages.get('20')?.push(message);
    await run('');
    channelMessages.set('20', [{ ...message, content: 'Accepted' }]);
    expect(await run('')).toContain('Accepted');
  });

  it('is each person\u2019s own', async () => {
    const { run, channelMessages } = open();
    channelMessages.get('30')?.push(fakeMessage('Only for the two'));
    expect(await run('look thread')).toBe('You are in no thread.');
    expect(await run('as hamza')).toContain('Only for the two');
    expect(await run('look thread')).toContain('— thread Amara and Hamza');
    expect(await run('channels')).toBe('  #general\n* thread Amara and Hamza');
    expect(await run('as Amara')).toContain('Studies for Step 1.');
    expect(await run('channels')).toBe('* #general');
  });

  it('is written to the place that was looked at last', async () => {
    const { run, done } = open();
    await run('as Hamza');
    await run('look Amara and Hamza');
    await run('say Hello');
    expect(done).toEqual([['say', '30', 'Hello']]);
  });
});

describe('buttons and menus', () => {
  const menu = (placeholder: string) => ({
    type: 1,
    components: [{ type: 3, custom_id: placeholder, placeholder, options: [] }],
  });

  it('are pressed and chosen by what stands on them', async () => {
    const { run, done, answers, channelMessages } = open();
    channelMessages.get('20')?.push(fakeMessage('', [menu('Topic')]));
    answers.push(said('a'), said('b'), said('c'));
    await run('press [Accept]');
    await run('choose Topic: Visas, Exams');
    await run('choose Visas');
    expect(done).toEqual([
      ['press', 'Accept'],
      ['select', 'Topic', ['Visas', 'Exams']],
      ['select', 'Topic', ['Visas']],
    ]);
  });

  it('are asked for when it is not clear which', async () => {
    const { run, channelMessages } = open();
    expect(await run('choose Visas')).toBe('There is no menu to choose from.');
    channelMessages.get('20')?.push(fakeMessage('', [menu('Topic'), menu('Stage')]));
    expect(await run('choose Visas')).toBe('Say which menu: choose Topic: … or choose Stage: ….');
    expect(await run('press Nothing')).toBe('There is no such button.');
  });
});

describe('a form', () => {
  const modal = {
    custom_id: 'm',
    title: 'Register',
    components: [
      {
        type: 18,
        label: 'Topics',
        component: {
          type: 3,
          custom_id: 'topics',
          max_values: 2,
          options: [
            { label: 'Visas', value: 'visas' },
            { label: 'USMLE exams', value: 'exams' },
            { label: 'Research', value: 'research' },
          ],
        },
      },
      { type: 18, label: 'About', component: { type: 4, custom_id: 'about', style: 2, value: 'As before' } },
      { type: 18, label: 'Show country', component: { type: 23, custom_id: 'show' } },
      {
        type: 18,
        label: 'Stage',
        component: {
          type: 21,
          custom_id: 'stage',
          options: [
            { label: 'Student', value: 'student' },
            { label: 'Resident', value: 'resident' },
          ],
        },
      },
    ],
  };
  const opened = fakeAnswer({ kind: 'modal', modal });

  it('is filled in field by field, and asks again where an answer does not fit', async () => {
    const { session, run, done, answers } = open();
    answers.push(opened, said('Registered'));
    const shown = await run('/register mentee');
    expect(shown).toContain('Form: Register');
    // What can be chosen stands in the question, with numbers, and not above it as well.
    expect(shown).not.toContain('USMLE exams');
    expect(session.prompt).toBe('Topics (1 to 2 of 1 Visas, 2 USMLE exams, 3 Research): ');
    expect(await run('')).toBe('This field is required.');
    expect(await run('1, 2, 3')).toBe('At most 2, and these are 3.');
    expect(await run('Dancing')).toMatch(/no choice "Dancing"/);
    expect(await run('1, exams')).toBe('');
    expect(session.prompt).toBe('About (Enter keeps what stands there): ');
    expect(await run('')).toBe('');
    expect(await run('maybe')).toBe('Show country is yes or no.');
    expect(await run('yes')).toBe('');
    expect(await run('resid')).toContain('Registered');
    expect(done.at(-1)).toEqual(['submit', { topics: ['visas', 'exams'], show: true, stage: ['resident'] }]);
    expect(session.isFillingIn).toBe(false);
  });

  it('can be closed', async () => {
    const { session, run, answers } = open();
    answers.push(opened);
    await run('/register mentee');
    for (const other of ['as Sana', '/mentor find', 'quit']) {
      expect(await run(other)).toMatch(/^There is no choice .*\nThe form is still open: "cancel" closes it\.$/);
    }
    expect(await run('Dancing')).not.toContain('still open');
    expect(await run('cancel')).toContain('nothing was sent');
    expect(session.isFillingIn).toBe(false);
  });
});

describe('the clock', () => {
  it("is shown in the person's zone, and waits for the bot when it moves", async () => {
    const { run, settled } = open();
    expect(await run('clock')).toMatch(/Monday,? 30 November 2026 at 10:00 for Amara \(Africa\/Lagos\)/);
    expect(await run('clock +1d')).toMatch(/Tuesday,? 1 December 2026/);
    // Hour by hour, as it passes in life.
    expect(settled).toHaveLength(24);
  });

  it('is waited for before somebody looks, so that what the last act has led to is there', async () => {
    const { run, settled } = open();
    await run('say hello');
    expect(settled).toHaveLength(0);
    await run('look #general');
    await run('as Hamza');
    expect(settled).toHaveLength(2);
  });
});
