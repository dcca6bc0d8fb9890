import { common } from './en/common.ts';
import { notices } from './en/notices.ts';
import { setup } from './en/setup.ts';

/** Every string that a person sees, in English. One file per part of the bot; functions where a text has gaps. */
export const texts = { common, notices, setup };
