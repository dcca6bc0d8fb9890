/** What moderators read while they decide what counts how much when members are matched. */
import { counted } from './words.ts';

const parts = {
  specialty: 'Specialty',
  topics: 'Topics of help',
  stage: 'Steps between their stages',
  hours: 'Waking hours in common',
  country: 'Country and language in common',
};
type Part = keyof typeof parts;

export const weights = {
  description: 'How much each part counts when mentors are suggested; first shows what would change',
  parts,
  options: {
    specialty: 'Percent for the same specialty, or one of its family',
    topics: 'Percent for help wanted that the mentor offers',
    stage: 'Percent for being a few steps ahead, not a lifetime',
    hours: 'Percent for hours in which both are awake',
    country: 'Percent for the same country of medical school, and a language beside English in common',
    usual: 'Back to the usual weights',
  },

  title: 'What counts when mentors are suggested',
  part: (part: Part, percent: string) => `${parts[part]}: ${percent}`,
  changedPart: (part: Part, before: string, after: string) =>
    before === after ? `${parts[part]}: ${before}` : `${parts[part]}: ${before} → **${after}**`,
  percent: (percent: string) => `${percent}%`,
  howTo:
    'To change it, name one part or more: `/setup weights topics:40`. The others share what is left. You see what would change before anything does.',
  usual: 'These are the usual weights.',
  own: 'These are this server’s own weights. `/setup weights usual:True` goes back to the usual ones.',

  preview: {
    title: 'This would count instead',
    nothingYet: 'Nothing has changed yet.',
    nobody: 'Nobody is looking for a mentor at the moment, so there is no one to show the difference on.',
    noneSuited: (sample: number) =>
      `None of the ${counted(sample, 'mentee', 'mentees')} looked at can be suggested anybody at the moment, so there is no difference to show.`,
    sample: (suited: number) =>
      suited === 1
        ? 'Looked at the one mentee without a mentor to whom somebody can be suggested.'
        : `Looked at ${suited} mentees without a mentor to whom somebody can be suggested.`,
    otherFirst: (n: number) => `Another mentor would come first: for ${n === 0 ? 'none' : n} of them.`,
    otherShown: (n: number) => `Somebody else would be among the five shown: for ${n === 0 ? 'none' : n} of them.`,
    examples: 'For example',
    example: (mentee: string, before: string, after: string) => `${mentee}: ${before} → ${after}`,
    use: 'Use these weights',
    keep: 'Keep the old ones',
  },
  saved: 'From now on this counts. Suggestions and the next round follow it; requests under way stay as they are.',
  kept: 'Everything stays as it was.',

  refused: {
    notWhole: (part: Part) => `${parts[part]} needs a whole number from 0 to 100. Nothing was changed.`,
    sum: (sum: number) => `What you named adds up to ${sum} percent, more than there is. Nothing was changed.`,
    sumOfAll: (sum: number) =>
      `You named all five, and they add up to ${sum} percent instead of 100. Leave one out and it takes what is left. Nothing was changed.`,
    nobodyLeft: (left: number) =>
      `The other parts count nothing at present, so the ${left} percent that are left have nowhere to go. Name a part for them too. Nothing was changed.`,
    same: 'That is what counts already. Nothing was changed.',
    usualAlone: 'Either go back to the usual weights or name percentages, not both. Nothing was changed.',
    outOfDate: 'The weights have been changed since this was shown. Run `/setup weights` again. Nothing was changed.',
  },
};
