import { commands } from '../../src/commands/index.ts';
import { commandBody, menuBodies as bodiesOf } from '../../src/discord/command-body.ts';
import { createLanguages } from '../../src/texts/languages.ts';

/** Every command as it is deployed where English is the only language. */
export const commandBodies = commands.map((command) => commandBody(command, createLanguages()));

/** The entries in the menu of a person. */
export const menuBodies = commands.flatMap((command) => bodiesOf(command, createLanguages()));

interface Part {
  readonly name: string;
  readonly options?: readonly object[];
}

/** Every command as it is typed, without the slash: `study form preview`. */
export const typedCommands: readonly string[] = commandBodies.flatMap((body) => linesOf(body as Part));

function linesOf({ name, options = [] }: Part): string[] {
  const deeper = (options as readonly (Part & { readonly type: number })[]).filter(
    ({ type }) => type === 1 || type === 2,
  );
  return deeper.length === 0 ? [name] : deeper.flatMap((each) => linesOf(each).map((rest) => `${name} ${rest}`));
}
