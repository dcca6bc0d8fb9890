/** Blocking somebody, and taking it back. */
import { who } from '../../marks.ts';
import { counted } from './words.ts';

export const block = {
  command: {
    description: 'Whom you do not want to have to do with here; nobody is told',
    add: 'Block a member: you are not matched with them, and neither sees the other’s profile',
    addMember: 'The member; they are not told',
    remove: 'Take a block back',
    removeMember: 'The member',
    list: 'Whom you have blocked',
  },
  /** In the menu of a person, 32 characters at most. */
  menu: 'Block in Preceptor',
  done: (id: string) =>
    `${who(id)} is blocked. You are not suggested to each other or matched, and neither of you sees the other’s profile here. They are not told; to them it looks as if you were taking a break. \`/block remove\` takes it back. I can’t stop what they write on Discord itself; Discord’s own block does that.`,
  already: (id: string) => `You have already blocked ${who(id)}. \`/block list\` shows everybody whom you have.`,
  closedRequest: 'The request between the two of you is closed.',
  mentorship: (id: string) =>
    `Your mentorship with ${who(id)} goes on until one of you ends it. You can end it here; they are told that it has ended, and nothing else. Until then you still see each other’s profile, so that nothing gives the block away.`,
  endMentorship: 'End the mentorship',
  keepMentorship: 'Keep the mentorship',
  removed: (id: string) =>
    `${who(id)} is not blocked any more. What had ended stays ended: you can be suggested to each other and ask again.`,
  none: 'You have blocked nobody here. `/block add` is there if you need it; nobody is told.',
  title: 'Whom you have blocked',
  entry: (member: string, since: string) => `${member} · since ${since}`,
  goneMember: 'A member who has deleted their data here; the block holds when they come back',
  hint: '`/block remove` takes one back. Only you see this.',
  refused: {
    yourself: 'You cannot block yourself. `/profile pause` takes you off the list for a while.',
    bot: 'That is a bot. It is never suggested to you as it is.',
    tooMany: (most: number) =>
      `You have blocked ${counted(most, 'member', 'members')} already, which is as many as can be. \`/block list\` shows them, and \`/block remove\` makes room. Nobody was blocked now.`,
    notBlocked: (id: string) => `You have not blocked ${who(id)}. \`/block list\` shows whom you have.`,
  },
};
