/** People, roles and channels as options of a menu. */
import type { ShownOption } from '../../render/shown.ts';
import { componentTypes as types } from '../../types.ts';
import { state } from '../state.ts';

const kinds: ReadonlySet<number> = new Set([
  types.userSelect,
  types.roleSelect,
  types.mentionableSelect,
  types.channelSelect,
]);

/** Whether a menu offers people, roles or channels rather than options of its own. */
export function hasEntities(type: number): boolean {
  return kinds.has(type);
}

/** What such a menu offers, by Discord's type of the menu. */
export function entitiesFor(type: number, channelTypes?: readonly number[] | null): ShownOption[] {
  const people = (): ShownOption[] => allMembers().map(({ id, name }) => ({ value: id, label: name }));
  const roles = (): ShownOption[] =>
    (state.around?.roles ?? []).map(({ id, name }) => ({ value: id, label: `@${name.replace(/^@/, '')}` }));
  if (type === types.userSelect) return people();
  if (type === types.roleSelect) return roles();
  if (type === types.mentionableSelect) return [...people(), ...roles()];
  return channels(channelTypes);
}

/** Everybody who can be named: those of the switch and those who are shown at the right. */
function allMembers(): readonly { readonly id: string; readonly name: string }[] {
  const { people = [], members = [], bot } = state.around ?? {};
  const all = new Map([...people, ...members, ...(bot ? [bot] : [])].map((one) => [one.id, one]));
  return [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

function channels(channelTypes: readonly number[] | null | undefined): ShownOption[] {
  return (state.around?.channels ?? [])
    .filter(({ type }) => channelTypes?.includes(type) ?? true)
    .map(({ id, name }) => ({ value: id, label: `#${name}` }));
}
