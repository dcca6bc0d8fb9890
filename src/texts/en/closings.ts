/** A word at the end of a mentorship. */
import { stamp } from '../../marks.ts';
import { counted } from './words.ts';

export const closings = {
  command: {
    kept: 'Words at the end of mentorships: those you were given, and those you can still say',
  },
  button: 'A word at the end',
  hint: 'If you like, say a word to them: it goes to them once both of you have, or in 14 days.',
  form: {
    title: 'A word at the end',
    different: 'What is different now? (optional)',
    goals: 'Your goals',
    goalsReached: { all: 'All reached', some: 'Some reached', none: 'None reached', changed: 'They changed' },
    went: 'How did it go? Only moderators see this',
    ways: { good: 'Good', fair: 'Fair', poor: 'Poor' },
    word: 'A word to the other (optional)',
    wordHint: 'They read it once both have said something, or in 14 days',
  },
  saved: (hasWord: boolean) =>
    hasWord
      ? 'Thank you. Your word goes to them once they have said something, too, or 14 days after the end.'
      : 'Thank you. That is kept for the moderators, without a word to them.',
  tooLate: (days: number) => `This was open for ${counted(days, 'day', 'days')} after the end, and is closed now.`,
  tooLong: (length: number, most: number) => `That is ${length} characters; the limit is ${most}.`,
  already: 'You have said something at this end already, and it stands.',
  none: 'There is no such word.',
  wordTitle: (partner: string) => `A word from ${partner}`,
  keep: 'Keep it',
  keptNow: 'It is kept for you. `/mentorship kept` shows it again, and removes it when you like.',
  keptNone:
    'You have kept no words yet. At the end of a mentorship each of you may write the other a few, and whoever gets them can keep them here.',
  keptTitle: 'Words that you kept',
  looseTitle: (n: number) => `${n}. Given to you, and not kept yet`,
  looseEntry: (from: string, at: string, word: string) => `${from}, ${stamp(at, 'D')}\n${word}`,
  unsaidTitle: 'A word that you can still say',
  unsaidEntry: (n: number, partner: string, until: string) => `**${n}.** To ${partner}, until ${stamp(until, 'D')}`,
  keepOf: (n: number) => `Keep ${n}`,
  buttonOf: (n: number) => `A word to ${n}`,
  keptEntry: (n: number, from: string, at: string, word: string) => `**${n}.** ${from}, ${stamp(at, 'D')}\n${word}`,
  remove: (n: number) => `Remove ${n}`,
};
