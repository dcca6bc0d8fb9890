/** What a profile may hold: limits that the form, the check and the command share. */

/** How many entries may be chosen from each list. More than a few say nothing about a person any more. */
export const mostChosen = { specialties: 3, languages: 5, topics: 6 } as const;

/** Stands in a form for a language that it does not show: it is chosen next, and never stored. */
export const anotherLanguage = 'another';

/** Characters of "About you": what fits on the screen of a phone, and even fully escaped into one card. */
export const aboutLimit = 600;

/** How many mentees at a time. More than five is nobody's spare time; none is what `/profile pause` is for. */
export const capacity = { min: 1, max: 5, usual: 1 } as const;

/** Days for which a profile may be paused. Longer than a year is what `/profile delete` is for. */
export const pauseDays = { min: 1, max: 365 } as const;

/** A mentor has gone beyond this stage: at the first there is nobody behind them. */
export const firstStage = 'student';

/** Nobody ranks above this stage, so nobody could be a mentor to them. */
export const lastStage = 'attending';

/** The parts of the fit that a mentee can mark as the one that matters most. */
export const priorities = ['specialty', 'topics', 'stage', 'hours', 'country'] as const;
export type Priority = (typeof priorities)[number];
