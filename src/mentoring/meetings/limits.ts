/** What a meeting may be. */

/** Minutes of a meeting. */
export const meetingMinutes = { min: 15, max: 90, usual: 30 } as const;
/** Minutes of a meeting that was arranged elsewhere: a long evening, and no day. */
export const loggedMinutes = { min: 1, max: 480 } as const;
/** How many times may be proposed at once: each is a button. */
export const mostProposed = 5;
/** How many times are shown to choose from. */
export const mostShown = 8;
/** How far ahead a meeting may be, in days: what is further away is planned when it is nearer. */
export const mostDaysAhead = 60;
/** Characters of an address and of a line. */
export const linkLimit = 200;
export const lineLimit = 200;
/** For how many days an address is kept after a meeting. */
export const placeKeptDays = 7;
/** For how many hours a meeting that somebody entered can be taken back. */
export const unlogHours = 24;
/** For how many days the two can still say what became of a meeting. */
export const wordDays = 14;
/** After how many days a word stands that the other has not denied. */
export const denyDays = 3;
/** Minutes after its end at which the two are asked. */
export const askedAfterMinutes = 15;
/** Minutes before it begins at which the two are reminded: a day, and an hour. */
export const remindedBefore = { day: 24 * 60, hour: 60 } as const;
