/** Documented rules for requests about channels, threads and members that their schemas do not state. */
import { emptyMessage, required, type DiscordError, type Fault, type Walk } from './faults.ts';
import { checkMessage, isEmpty, type MessageBody } from './messages.ts';

const duplicate: Fault = { code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' };

/** A new thread: its name is more than white space, and in a forum its first message has to hold something. */
export function checkNewThread(
  body: unknown,
  walk: Walk,
  context: { readonly files?: number },
): DiscordError | undefined {
  const { name, message } = body as { readonly name: string; readonly message?: MessageBody };
  if (name.trim() === '') walk.report(required, 'name');
  if (!message) return undefined;
  walk.at('message', () => checkMessage(message, walk, { mode: 'create' }));
  return isEmpty(message, context.files) ? emptyMessage : undefined;
}

/** The ids of a bulk delete are different ones. */
export function checkBulkDelete(body: unknown, walk: Walk): void {
  const { messages } = body as { readonly messages: readonly string[] };
  if (new Set(messages).size < messages.length) walk.report(duplicate, 'messages');
}

/** The roles of a member are different ones. */
export function checkMember(body: unknown, walk: Walk): void {
  const { roles } = body as { readonly roles?: readonly string[] | null };
  if (roles && new Set(roles).size < roles.length) walk.report(duplicate, 'roles');
}
