/** The fit below which a round pairs nobody where the moderator does not say otherwise, in percent. */
export const usualFloorPercent = 30;
/** What a moderator may choose; above the highest hardly anybody would be matched. */
export const floorPercent = { min: 0, max: 90 } as const;
/** One percent on the scale of the fit. */
export const percentOfFit = 100;

/** Pins and prohibitions of a round: more is matching by hand. */
export const wishLimit = 200;

/** How often a process that computes gives a sign of life, and looks whether the round was cancelled, in milliseconds. */
export const beatMs = 1_000;
/** After how many minutes without a sign of life a computation counts as lost. */
export const silentMinutes = 1;

/**
 * How many people of a published round are written to in a second: fewer than Discord permits, so that whoever accepts
 * meanwhile is not kept waiting, and far from what it takes for flooding.
 */
export const peoplePerSecond = 20;

/** For how many days a mentee who was told why a round left them waiting is not told again. */
export const toldDays = 30;
