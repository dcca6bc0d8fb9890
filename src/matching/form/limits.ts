/** The figures that forming goes by. */

/** A group of fewer does not last; of more, not everybody gets to talk. */
export const groupSize = { min: 3, max: 6 } as const;

/** Groups of four gained most in a classroom experiment with one to four (Corrégé & Michinov 2021). */
export const idealSize = 4;

/** Months that two targets may lie apart: people further apart study something else by then. */
export const targetsApart = 2;

/** In each of the coming weeks there has to be a common window. */
export const weeksAhead = 8;

/** The value looks this many weeks ahead: half a year holds both changes of the clocks. */
export const weeksValued = 26;

/** Sessions are held by day: from 06:00 to 24:00, local minutes of a day. */
export const sessionDay = { from: 6 * 60, to: 24 * 60 } as const;

/** Outside of these local minutes of a day, a session is a burden. */
export const fairDay = { from: 8 * 60, to: 22 * 60 } as const;

/** Changes that somebody who is left over is shown. */
export const nearMissesAtMost = 3;
