/** What office hours may be. */

/** Minutes of one. */
export const officeMinutes = [30, 45, 60, 75, 90] as const;
export const usualMinutes = 60;
/** Places: fewer is a talk of two, with more nobody gets a word in. */
export const officePlaces = { min: 3, max: 20, usual: 8 } as const;
/** Characters of a topic: as many as Discord takes for the name of an event. */
export const topicLength = { min: 3, max: 100 } as const;
/** Characters of a question. */
export const questionLength = 300;
/** How soon it may begin, in minutes, so that somebody can hear of it; and how far ahead, in days. */
export const soonestMinutes = 30;
export const mostDaysAhead = 60;
/** Those of one mentor and of one guild that are not over. */
export const openOfMentor = 3;
export const openOfGuild = 20;
/** How many one mentor offers in how many days: each is a message to everybody. */
export const offeredAtMost = 5;
export const offeredDays = 7;
/** Places that one member has or waits for at once, so that some are left for others. */
export const placesOfMember = 5;
/** How many may wait for a place. */
export const waitingAtMost = 30;
/** Minutes before it begins at which people are reminded, and from which they can say that they are there. */
export const remindedBefore = { day: 24 * 60, hour: 60 } as const;
export const hereBeforeMinutes = 10;
/** For how many hours after the end they still can. */
export const hereAfterHours = 24;
/** A reminder of the day before is no use when it is sooner than this, in minutes. */
export const dayAtLeastMinutes = 120;
/** For how many days after its end it is kept what was asked, and who did not say that they were there. */
export const wordsKeptDays = 7;
