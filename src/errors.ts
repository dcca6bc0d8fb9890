/**
 * A refusal that a person may read. Its message is shown as written, to that person only.
 * Everything else that is thrown is a bug: logged with an id, and answered without its text.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
