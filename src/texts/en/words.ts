/** English words, American. */
import { wordsOf } from '../words.ts';

/** Languages that communities call otherwise than the runtime's data does. */
const names = { bn: 'Bengali', fa: 'Farsi and Dari', tl: 'Tagalog' };

export const words = wordsOf('en-US', names);
export const { list, counted } = words;
