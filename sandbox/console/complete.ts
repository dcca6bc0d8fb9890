/** What Tab offers: commands, options and their values, people, buttons, menus and places. */
import { optionTypes } from '../types.ts';
import { findLeaf, type Leaf, type OptionDefinition } from './commands.ts';
import { fold } from './names.ts';
import { parseLine, verbs } from './parse.ts';
import { placesOf, visibleButtons, visibleMenus } from './places.ts';
import type { Session } from './session.ts';

/** Completions of the line, and the end of the line that they replace. */
export type Completion = readonly [hits: string[], replaced: string];

/** Completes the line that is being typed. Values with autocomplete are asked from the bot, as the client does. */
export async function complete(line: string, session: Session): Promise<Completion> {
  if (session.isFillingIn) return [[], line];
  if (line.startsWith('/')) return completeSlash(line, session);
  const verb = /^(\S+)\s+(.*)$/s.exec(line);
  if (!verb) return begin(line, [...verbs, '/']);
  const [, word = '', typed = ''] = verb;
  return begin(typed, offers(word.toLowerCase(), session));
}

function offers(verb: string, session: Session): string[] {
  const places = placesOf(session.actor, session.guild);
  if (verb === 'as') return session.people.map((person) => person.name);
  if (verb === 'press') return visibleButtons(places);
  if (verb === 'choose') return visibleMenus(places).map((menu) => `${menu}: `);
  if (verb === 'look') return [...places.map((place) => place.name), 'dms'];
  return [];
}

async function completeSlash(line: string, session: Session): Promise<Completion> {
  const leaves = session.commands;
  const option = /(?:^|\s)([\p{L}][-_'\p{L}\p{N}]*):("?)([^"]*)$/u.exec(line);
  // A space after a value without quotes begins the next option.
  if (option && (option[2] !== '' || !/\s$/.test(line))) {
    const [, name = '', quote = '', typed = ''] = option;
    const values = await valuesFor(name, typed, line, session);
    // The client offers what the bot suggests, whatever was typed; a terminal can only go on from it.
    return [values.map((value) => (/\s/.test(value) || quote !== '' ? `"${value}"` : value)), `${quote}${typed}`];
  }
  const path = line.slice(1);
  const next = nextWords(path, leaves);
  if (next.length > 0) return [next, path];
  const lastWord = /\S*$/.exec(line)?.[0] ?? '';
  const leaf = leafOf(line, leaves);
  const given = new Set([...line.matchAll(/\s([\p{L}][-_'\p{L}\p{N}]*):/gu)].map(([, name]) => name));
  const names = (leaf?.options ?? []).filter((each) => !given.has(each.name)).map((each) => `${each.name}:`);
  return begin(lastWord, names);
}

/** Whole commands that go on from here: `/reg` → `register mentor `. */
function nextWords(path: string, leaves: readonly Leaf[]): string[] {
  const typed = fold(path) + (path.endsWith(' ') ? ' ' : '');
  return leaves.map((leaf) => `${leaf.path} `).filter((each) => each.startsWith(typed) && each.length > path.length);
}

function leafOf(line: string, leaves: readonly Leaf[]): Leaf | undefined {
  const parsed = parseLine(line);
  if (parsed.kind !== 'slash') return undefined;
  try {
    return findLeaf(parsed.words, leaves)[0];
  } catch {
    return undefined;
  }
}

async function valuesFor(name: string, typed: string, line: string, session: Session): Promise<string[]> {
  const leaf = leafOf(line, session.commands);
  const option = leaf?.options.find((each) => each.name === name);
  if (!leaf || !option) return [];
  if (option.autocomplete) {
    const choices = await session.actor.complete(leaf.path, name, typed);
    return choices.map((choice) => String(choice.value));
  }
  return begin(typed, fixedValues(option, session))[0];
}

function fixedValues(option: OptionDefinition, session: Session): string[] {
  if (option.choices) return option.choices.map((choice) => choice.name);
  if (option.type === optionTypes.boolean) return ['yes', 'no'];
  if (option.type === optionTypes.user || option.type === optionTypes.mentionable) {
    return session.people.map((person) => person.name);
  }
  if (option.type === optionTypes.channel) return session.guild.channels.map((channel) => channel.name);
  if (option.type === optionTypes.role) return session.guild.roles.map((role) => role.name);
  return [];
}

function begin(typed: string, offered: readonly string[]): [string[], string] {
  return [offered.filter((each) => fold(each).startsWith(fold(typed))), typed];
}
