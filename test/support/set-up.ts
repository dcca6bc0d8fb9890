/** Setting a server up as a moderator does: the command, a look at what it would make, the press. */
import type { Actor, Answer, OptionValue } from '../../sandbox/api.ts';

/** Runs `/setup start`, and goes on where it shows first what it would do. Refusals come back as they are. */
export async function setUp(
  moderator: Actor,
  options: Readonly<Record<string, OptionValue>> = {},
  where: { channelId?: string } = {},
): Promise<Answer> {
  const shown = await moderator.slash('setup start', options, where);
  const [goOn] = /setup-go-on:\w+/.exec(JSON.stringify(shown.message?.components ?? [])) ?? [];
  return goOn === undefined ? shown : await moderator.press(goOn, shown);
}
