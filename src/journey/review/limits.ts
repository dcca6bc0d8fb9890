/** Days of the moderators' upkeep. */
export const reviewLimits = {
  /** Facts come up so long before their day. */
  factLead: 7,
  /** Dates come up so long before their day: they have to be read every month anyway. */
  dateLead: 3,
  /** Expected dates come up so long before the day that others report. */
  expectedLead: 60,
  /** A date that is nearer than this does the most harm when it is wrong. */
  near: 30,
  /** After so many times a matter goes to somebody else, for so many days. */
  putOffs: 3,
  handedOnFor: 30,
  /** So long a matter rests that nobody could tell. */
  rest: 14,
} as const;
/** Hours for which a matter is put off: until tomorrow's look, also when that comes a little early. */
export const laterHours = 20;
