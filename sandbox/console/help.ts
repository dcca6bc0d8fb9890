import type { Leaf } from './commands.ts';

const lines = `
as NAME               be somebody else; "people" lists who is there
/COMMAND name:value   run a command of the bot; Tab completes names, options and values
press LABEL           press a button that you see
choose MENU: A, B     choose in a menu that you see; the menu may be left out if there is only one
say TEXT              write a message
look [#channel|thread|dms]   read a place and stay there
channels              the places that you can see
clock [+1d]           the time, or let time pass: +30m, +2h30m, +1d, +1w
quit                  leave
`.trim();

/** What can be typed, with the commands that the bot has deployed. */
export function help(commands: readonly Leaf[]): string {
  if (commands.length === 0) return lines;
  const width = Math.max(...commands.map((command) => command.path.length)) + 3;
  const listed = commands.map((command) => `/${command.path}`.padEnd(width) + command.description);
  return `${lines}\n\nCommands of the bot:\n${listed.join('\n')}`;
}
