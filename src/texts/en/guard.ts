/** Exam content: how it is reported, and what a server can do by itself. */

export const guard = {
  /** In the menu of a message, 32 characters at most. */
  menu: 'Report exam content',
  form: {
    title: 'Report exam content',
    words: 'What is it? (optional)',
    hint: 'Never repeat a question or answer here. The message goes along as it is now.',
  },
  /** What stands in the report where nothing was written. */
  statement: 'Reported as content of a real exam, from the menu of the message.',
  short: 'Reported as content of a real exam:',
  hiddenTitle: 'A message of yours was taken away',
  hidden: (channel: string) =>
    `Your message in ${channel} was reported as content of a real exam, so I took it away. What was on an exam may not be passed on, also from memory: it is in the code of conduct here, and exam boards end careers over it. Nothing else is decided: moderators look at it in confidence. If it was your own explanation of a topic, write it again without anything from an exam, or tell a moderator.`,
  setup: {
    command: 'Keep exam content out: what is taken away at once, and phrases for AutoMod',
    hide: 'Whether a message is taken away at once when it is reported as exam content',
    title: 'Keep exam content out',
    hides:
      'A message that somebody reports as exam content is **taken away at once**, and its author is told why. Messages of moderators stay. The report keeps what it said, for those who handle it.',
    hidesNot:
      'A message that is reported as exam content **stays** until somebody who handles reports has looked at it. `/setup guard hide:True` has me take it away at once; for that I need the permission **Manage Messages**.',
    lacks:
      'I lack **Manage Messages**, so nothing is taken away yet: Server Settings → Roles → my role → Permissions, switch it on.',
    phrases:
      'AutoMod can show you messages with such phrases before anybody reports them. Server Settings → AutoMod → Create rule → Block custom words: copy these, and let it **send an alert** rather than block, since an honest question can sound alike.',
  },
  check: {
    text: 'Messages that are reported as exam content are to be taken away, and I lack **Manage Messages**.',
    fix: 'Server Settings → Roles → my role → Permissions: switch it on. Or run `/setup guard hide:False`.',
  },
};
