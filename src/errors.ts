import { texts as english, type Texts } from './texts/en.ts';

/** A text that is yet to be put into the language of whoever reads it. */
export type Saying = (t: Texts) => string;

/**
 * A refusal that a person may read. It is shown as written, in their language and to them only.
 * Everything else that is thrown is a bug: logged with an id, and answered without its text.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly say: Saying;

  constructor(say: Saying) {
    // In English for whoever reads a stack trace; people are shown `say` in their own language.
    super(say(english));
    this.say = say;
  }
}

/** The refusal of what is somebody else's, or nobody's: no button of ours leads there, so a custom id was made up. */
export class NotTheirs extends UserError {}
