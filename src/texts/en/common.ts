/** What any part of the bot may have to say. */
export const common = {
  somethingWentWrong: (id: string) =>
    `Something went wrong on our side (id \`${id}\`). Nothing was lost. Please try again; if it happens again, tell a moderator this id.`,
  cannotStore:
    'I can’t store anything right now, so nothing has changed. Whoever runs this bot can see why in its log. Please try again in a few minutes.',
  /** `when`: a stamp of the moment from which they may go on. */
  tooMuch: (when: string) =>
    `You have done a lot in a short time, so this was not done. What you did before stands. Please go on ${when}.`,
  notInGuild: 'This command works in a server, not in direct messages.',
  notSetUp: 'Preceptor is not set up here yet. A moderator can do that with `/setup start`.',
  moderatorsOnly: 'Only moderators (members who may manage this server) can do that.',
  /** Above what was typed into a form that was refused. */
  typed: 'This is what you typed, to copy it into the form again:',
  typedFile: 'what-you-typed.txt',
  formAgain: 'Open the form again',
  formForgotten:
    'I no longer have that form. What you typed stands in my message above: open the form where you did before, and copy it in.',
  formTooLate: 'The form could not be opened in time. Please try again in a moment.',
  outdated: 'This button belongs to something that has changed since. Run the command again to see how things stand.',
};
