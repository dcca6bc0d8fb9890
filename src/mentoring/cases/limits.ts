/** Limits of reports and cases, each with its unit and reason. */

/** Characters: less says nothing that can be looked into; more is Discord's field, read on a phone. */
export const statementLength = { min: 20, max: 2_000 } as const;
/** Characters of a question, an answer or a note: one screen. */
export const wordsLength = 1_000;
/** Members whom a reporter may keep from seeing a case. */
export const excludedAtMost = 3;
/** Open reports of one member, and reports in thirty days: more is a quarrel, or an attack on the handlers' time. */
export const reportsAtMost = { open: 3, recent: 10, recentDays: 30 } as const;
/** Hours until handlers are reminded of a new case, and until its owner hears of it. */
export const remindAfterHours = {
  usual: { handlers: 24, owner: 72 },
  urgent: { handlers: 2, owner: 8 },
} as const;
/** Days between the reminders that follow. */
export const remindAgainDays = 7;
/** Hours until Discord is asked again whether whoever took a case handles reports. */
export const handlerLookHours = 24;
/** Days that a question waits for the reporter. */
export const answerDays = 7;
/** Days in which a closed case may be opened again. */
export const reopenDays = 30;
/** Days that the words of a closed case are kept. */
export const caseDays = { min: 30, usual: 180, max: 365 } as const;
