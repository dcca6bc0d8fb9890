/** How many schedules a guild has at most. Discord shows 25 choices: each can be chosen from a list. */
export const schedulesAtMost = 25;
/** Later than this a slot is not posted any more, in hours: a tip of Monday morning is not read on Monday night. */
export const latestHours = 6;
/** How many due times are shown ahead. */
export const shownAhead = 3;
