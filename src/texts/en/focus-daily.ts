/** The room for co-working that opens by itself each day, and where moderators choose it. */
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted } from './words.ts';

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

const bands = {
  americas: 'the Americas (Chicago)',
  middle: 'Europe, Africa, and the Middle East (Cairo)',
  asia: 'South and East Asia (Kolkata)',
} as const;

export const focusDaily = {
  title: 'Today’s open room: work beside one another',
  turns: 'A room opens here each day, at an hour that suits the Americas, Europe and Africa, or Asia by turns.',
  nobody: 'Over. Nobody came this time.',
  next: (at: Instant | undefined) => (at === undefined ? '' : `The next room opens ${stamp(at, 'F')}.`),
  /** To moderators, once. */
  stopped: (rooms: number) =>
    `Nobody joined the last ${counted(rooms, 'daily room', 'daily rooms')} in the study channel, so I have stopped opening them: a channel full of empty rooms invites nobody. \`/setup focus daily: True\` begins again, perhaps at another hour; members open their own with \`/focus start\`.`,

  setup: {
    command: 'A room that opens each day, in which members work beside one another',
    daily: 'True: a room opens by itself each day; False: none does',
    hour: (least: number, most: number) =>
      `At which hour, by the clock of the region whose turn it is, ${least} to ${most} (usually 19)`,
    title: 'The daily room',
    on: (channel: string, hour: number) =>
      `Each day at ${clock(hour)} a room for working beside one another opens in ${channel}. The hour follows the clocks of three regions by turns:`,
    opening: (at: Instant, band: keyof typeof bands) => `- ${stamp(at, 'F')}: ${bands[band]}`,
    rules: (rooms: number, empty: number) =>
      `It lasts two rounds of 50 minutes, ends by itself, and notifies nobody. None opens in Match Week, or while ${counted(rooms, 'other room is', 'other rooms are')} open. If nobody joins ${empty} in a row, I stop and tell you. \`daily: False\` ends it.`,
    off: 'No room opens by itself. `/setup focus daily: True` opens one each day; members open their own with `/focus start`.',
    stopped: (rooms: number) =>
      `I have stopped opening a room each day: nobody joined the last ${rooms}. \`/setup focus daily: True\` begins again.`,
  },
  refused: {
    hour: (least: number, most: number) =>
      `Choose an hour from ${least} to ${most}, so that the room ends before midnight. Nothing has changed.`,
    channel:
      'The room opens in the study channel, and there is none yet. Choose one with `/setup start`, then try again. Nothing has changed.',
  },
};
