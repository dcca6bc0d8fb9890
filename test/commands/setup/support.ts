/** What a set-up made, and what a moderator reads of it. */
import type { Answer } from '../../../sandbox/api.ts';
import type { Town } from '../../support/town.ts';

export const channelNames = ['mentoring', 'mentoring-staff', 'tips', 'study-groups', 'announcements'];

export function names(things: readonly { name: string }[]): string[] {
  return things.map(({ name }) => name);
}

export function creations({ sandbox }: Town): number {
  return sandbox.requests.filter(
    ({ method, path, status }) => method === 'POST' && /\/guilds\/\d+\/(channels|roles)$/.test(path) && status < 300,
  ).length;
}

/** A text with mentions as people see them. */
export function seen(town: Town, { text }: Answer): string {
  return text
    .replaceAll(/<#(\d+)>/g, (_, id) => `#${town.guild.channels.find((each) => each.id === id)?.name}`)
    .replaceAll(/<@&(\d+)>/g, (_, id) => `@${town.guild.roles.find((each) => each.id === id)?.name}`);
}

export async function checks({ moderator }: Town): Promise<string> {
  return (await moderator.slash('setup check')).text;
}

export function goOnId(answer: Answer): string {
  return /setup-go-on:\w+/.exec(JSON.stringify(answer.message?.components))?.[0] ?? '';
}
