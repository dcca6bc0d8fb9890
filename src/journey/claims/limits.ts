/** Limits of claims, in characters, days and pieces. */
export const claimLimits = {
  /** Of a message that is asked about: the first so many characters. */
  snapshot: 1_000,
  /** What somebody adds. */
  line: 200,
  /** What a moderator answers. */
  answer: 300,
  link: 300,
  /** Asked by one member in a day: more than one evening's rumors, less than a flood. */
  aDay: 5,
  /** After so many days without an answer nobody can tell. */
  openDays: 7,
  /** For so long a message is kept that nobody handed on. */
  draftMinutes: 60,
  /** So many members ask the same in vain before moderators see it. */
  askers: 3,
  /** For so long it is counted, in days. */
  missDays: 60,
  /** For how long it is kept that something was asked. */
  keptDays: 365,
} as const;
