/** The figures that study groups go by. */

/** How long somebody has to say yes to a group that they are offered, in hours. */
export const offerHours = 72;
/** Whoever has not answered is reminded once, so many hours before an offer ends. */
export const remindedHours = 24;
/** What moderators were shown can be published for so many hours: then other people wait, and other weeks come. */
export const previewHours = 48;
/** A formation is kept for so many days, without the people in it. */
export const formationKeptDays = 365;
/** A group in which fewer than three said yes is closed after so many days. */
export const formingDays = 7;
/** The longest rest of a group, in weeks. */
export const restWeeks = 6;
/** Without a session held for so many days the members are asked whether the group goes on. */
export const quietDays = 14;
/** How long they have to answer, in days; so has a member who was asked. */
export const answerDays = 5;
/** A group with fewer than two members is closed after so many days. */
export const fewDays = 14;
/** How long the vote on weekly times is open at most, in hours. */
export const voteHours = 48;
/** How many weekly times are suggested. */
export const timesAtMost = 5;
/** How long before a session the thread is asked who comes, in hours; and how long before it all are reminded, in minutes. */
export const askedBeforeHours = 24;
export const remindedBeforeMinutes = 10;
/** How long before a session that fewer than two come to the thread is asked what to do, in hours. */
export const decidedBeforeHours = 2;
/** After so many sessions in a row missed without a word a member is asked whether they are still in. */
export const missedInARow = 2;
/** How long a member rests who was asked and would rather rest, in days. */
export const memberRestDays = 14;
/** A session is held when so many were there. */
export const heldBy = 2;
/** A member is in so many circles at most. */
export const circlesAtMost = 2;
/** Groups shown to somebody who looks for one. */
export const foundAtMost = 5;
/** More groups of one exam than anybody is compared with. */
export const comparedAtMost = 60;
/** Closed groups are kept for so many days: until a leader could need to see that it was closed. */
export const closedKeptDays = 90;
/** Nobody waits for a group longer than so many days without saying so again. */
export const seekerKeptDays = 365;
/** What a group says about itself, and a pledge, in characters. */
export const aboutLength = 300;
export const lineLength = 140;
/** How many months ahead a target may lie. */
export const monthsAhead = 12;
/** How long a session lasts, in minutes. */
export const sessionMinutes = { min: 25, max: 240, usual: 60 } as const;
/** How many rooms for co-working are open at once in a guild. */
export const focusAtOnce = 3;
/** Rooms that are over are kept for so many days. */
export const focusKeptDays = 7;
/** For so many hours after a session it can be said how it went. */
export const saidAfterHours = 24;
/** How long the members of a group have to decide something by majority, in hours. */
export const pollHours = 48;
/** How long each member has who is asked to look after a group, in hours. */
export const ownerHours = 48;
/** A group of so few would be better with one more, or as one with another. */
export const fewMembers = 3;
/** Two groups are not asked about one another again for so many days. */
export const mergeAgainDays = 30;
/** How many wait for a place in a full group at most. */
export const listedAtMost = 10;
