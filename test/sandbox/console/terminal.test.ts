import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../sandbox/console/complete.ts';
import { runConsole, Session } from '../../../sandbox/console/index.ts';
import { fakeGuild, fakeMessage } from '../../support/fake-guild.ts';

function open() {
  const fake = fakeGuild();
  return { ...fake, fake, session: new Session(fake.stage) };
}

describe('Tab', () => {
  it.each([
    ['', ['as', 'press', 'choose', 'say', 'look', 'people', 'channels', 'clock', 'help', 'quit', '/']],
    ['pe', ['people']],
    ['as h', ['Hamza']],
    ['/reg', ['register mentor ', 'register mentee ']],
    ['/register mentee ', ['timezone:']],
    ['/notify what:wee', ['"Weekly tips"']],
    ['/notify on:', ['yes', 'no']],
    ['/notify on:yes ', ['what:']],
    ['/mentor request member:a', ['Amara']],
    ['look ', ['#general', 'dms']],
    ['press ', ['Accept']],
  ])('after %j offers what can follow', async (line, offered) => {
    const { session, channelMessages } = open();
    const button = { type: 2, style: 1, label: 'Accept', custom_id: 'a' };
    channelMessages.get('20')?.push(fakeMessage('', [{ type: 1, components: [button] }]));
    expect((await complete(line, session))[0]).toEqual(offered);
  });

  it('asks the bot for an option with autocomplete', async () => {
    const { session, fake } = open();
    fake.choices = [{ name: 'Karachi', value: 'Asia/Karachi' }];
    expect(await complete('/register mentor timezone:kar', session)).toEqual([['Asia/Karachi'], 'kar']);
  });
});

describe('the terminal', () => {
  it('reads a pipe and writes a transcript', async () => {
    const { stage } = open();
    const input = new PassThrough();
    const output = new PassThrough();
    input.end('people\nhelp\nnonsense\nquit\npeople\n');
    const code = await runConsole(stage, undefined, { input, output });
    output.end();
    const written = await text(output);
    expect(code).toBe(0);
    expect(written).toContain('Amara #general> people\n* Amara · Africa/Lagos\n  Hamza · America/Chicago · Mentors\n');
    expect(written).toMatch(/\/mentor request +Ask/);
    expect(written).toContain('There is no "nonsense" here.');
    expect(written.match(/> people/g)).toHaveLength(1);
  });

  it('ends with the input', async () => {
    const { stage } = open();
    const input = new PassThrough();
    input.end('people');
    expect(await runConsole(stage, undefined, { input, output: new PassThrough() })).toBe(0);
  });
});
