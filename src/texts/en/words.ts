/** English words, American. */
import { wordsOf } from '../words.ts';

/** Languages that communities call otherwise than the runtime's data does. */
const names = {
  bn: 'Bengali',
  ckb: 'Kurdish, Sorani',
  fa: 'Farsi and Dari',
  ilo: 'Ilocano',
  ku: 'Kurdish, Kurmanji',
  lg: 'Luganda',
  nan: 'Hokkien and Taiwanese',
  ny: 'Chichewa',
  pam: 'Kapampangan',
  rn: 'Kirundi',
  skr: 'Saraiki',
  tl: 'Tagalog',
  zgh: 'Tamazight',
  zh: 'Mandarin Chinese',
};

export const words = wordsOf('en-US', names);
export const { list, counted } = words;
