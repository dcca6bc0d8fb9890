/** The doors for somebody new: on their home, on the pinned panel, and wherever they ask what this is. */
import { type APIButtonComponentWithCustomId, ButtonStyle } from 'discord.js';
import type { Texts } from '../../texts/en.ts';
import { button } from '../buttons.ts';
import { keys } from '../keys.ts';

/** *I look for a mentor · I can help.* */
export function registerDoors(t: Texts): APIButtonComponentWithCustomId[] {
  const { doors } = t.home;
  return [
    button([keys.register.door, 'mentee'], doors.look, ButtonStyle.Primary),
    button([keys.register.door, 'mentor'], doors.help, ButtonStyle.Primary),
  ];
}

/** The same, with *What is this?* */
export function newcomerDoors(t: Texts): APIButtonComponentWithCustomId[] {
  return [...registerDoors(t), button([keys.home.what], t.home.doors.what)];
}
