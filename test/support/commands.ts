import { commands } from '../../src/commands/index.ts';
import { commandBody, menuBodies as bodiesOf } from '../../src/discord/command-body.ts';
import { createLanguages } from '../../src/texts/languages.ts';

/** Every command as it is deployed where English is the only language. */
export const commandBodies = commands.map((command) => commandBody(command, createLanguages()));

/** The entries in the menu of a person. */
export const menuBodies = commands.flatMap((command) => bodiesOf(command, createLanguages()));
