/** Exam content: how it is reported, and what a server can do by itself. */
import { counted, list } from './words.ts';

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
  /** The rule that the bot makes in Discord's AutoMod. */
  rule: {
    /** Its name in the server's settings, 100 characters at most. */
    name: 'Exam content: alert for moderators',
    /** Stands in the server's audit log. */
    reason: 'the rule against exam content',
    could:
      'I can also make this rule myself and keep its phrases fresh. For that I need the permission **Manage Server**: Server Settings → Roles → my role → Permissions. Then run `/setup guard` again; I use it for nothing else.',
    noChannel:
      'I can also make this rule myself. Its alerts quote what members wrote, so they need a staff channel that only moderators read: choose one with `/setup start staff:`, then run `/setup guard` again.',
    offer: (name: string, phrases: number, channelId: string, rules: number, limit: number) =>
      `AutoMod can show you messages that may hold exam content before anybody reports them. I can make the rule myself: **${name}**, with the ${counted(phrases, 'phrase', 'phrases')} below. It **sends an alert** to <#${channelId}> and blocks nothing, since an honest question can sound the same. Discord does not apply it to moderators and bots. This server has ${counted(rules, 'keyword rule', 'keyword rules')}; Discord allows ${limit}.`,
    twin: (name: string) => `Your own rule **${name}** has all of these phrases already, so another is hardly needed.`,
    wasDeleted: 'The rule that I had made here was deleted in Discord, so I have forgotten it.',
    full: (limit: number) =>
      `This server has ${limit} keyword rules in AutoMod, and Discord allows no more. Delete one, or add the phrases below to one of yours: Server Settings → AutoMod.`,
    stands: (name: string, channelId: string | null) =>
      `My AutoMod rule **${name}** stands${channelId === null ? '' : `, with alerts in <#${channelId}>`}. I add new phrases as they come, and move the alerts when you choose another staff channel. You can change the rule under Server Settings → AutoMod; I leave what you change.`,
    outOfReach:
      'I made an AutoMod rule here and no longer have **Manage Server**. The rule goes on as it is, but I can neither keep its phrases fresh nor take it away. Give the permission back under Server Settings → Roles → my role → Permissions.',
    make: 'Make this rule',
    take: 'Take the rule away',
    reset: 'Set it back to mine',
    byHand: {
      title: '**Changed by you:**',
      added: (phrases: readonly string[], more: number) => `- added ${phraseList(phrases, more)}`,
      removed: (phrases: readonly string[], more: number) => `- taken out ${phraseList(phrases, more)}`,
      alertsIn: (channelId: string) => `- alerts go to <#${channelId}>`,
      noAlert: '- there is no alert',
      isOff: '- it is switched off',
      doesMore: '- it does more than alert, or has exceptions or patterns of yours',
      stays: 'All of that stays, unless you set it back.',
    },
    forbidden: 'I lack the permission **Manage Server**, so nothing was changed. Give it to my role and try again.',
    changed:
      'The staff channel has changed since this was shown, or members can read it, so nothing was made. Run `/setup guard` again.',
    gone: 'That rule is gone, so nothing was changed. Run `/setup guard` to make it again.',
    check: {
      forbidden: {
        text: 'I made an AutoMod rule against exam content and no longer have **Manage Server**: the rule goes on, but I cannot keep it up to date.',
        fix: 'Server Settings → Roles → my role → Permissions: switch it on. Or delete the rule under Server Settings → AutoMod.',
      },
      gone: {
        text: 'The AutoMod rule against exam content that I had made was deleted.',
        fix: '`/setup guard` makes it again. If you deleted it on purpose there is nothing to do.',
      },
      channelGone: {
        text: 'The channel for alerts of the AutoMod rule against exam content is gone, so nobody sees them.',
        fix: 'Choose a staff channel with `/setup start staff:`: the rule then follows. Or choose one under Server Settings → AutoMod.',
      },
      channelOpen: (channel: string) => ({
        text: `Alerts of the AutoMod rule against exam content quote members, and everybody can read ${channel}.`,
        fix: 'Edit the channel → Permissions, deny **View Channel** to @everyone; or choose another under Server Settings → AutoMod.',
      }),
    },
  },
};

function phraseList(phrases: readonly string[], more: number): string {
  return list([...phrases, ...(more > 0 ? [counted(more, 'more', 'more')] : [])]);
}
