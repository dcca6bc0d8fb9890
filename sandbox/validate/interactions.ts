/** The answers to an interaction, by callback type: Interactions → Receiving and Responding. */
import { emptyMessage, tooLong, type DiscordError, type Walk } from './faults.ts';
import { MAX_CHOICE_VALUE, messageFlags } from './limits.ts';
import { checkMessage, isEmpty, type MessageBody } from './messages.ts';
import { checkModal, type ModalBody } from './modals.ts';

const callbackTypes = {
  MESSAGE: 4,
  DEFERRED_MESSAGE: 5,
  DEFERRED_UPDATE: 6,
  UPDATE: 7,
  AUTOCOMPLETE: 8,
  MODAL: 9,
} as const;

interface Callback {
  readonly type: number;
  /** Which of them it is, the type says. */
  readonly data?: (MessageBody & Choices & ModalBody) | null;
}

/** Reports what Discord would refuse in an answer that already has its shape. */
export function checkInteractionCallback(
  body: unknown,
  walk: Walk,
  context: { readonly files?: number },
): DiscordError | undefined {
  const { type, data } = body as Callback;
  if (type === callbackTypes.MESSAGE && isEmpty(data ?? {}, context.files)) return emptyMessage;
  if (data === undefined || data === null) return undefined;
  walk.at('data', () => {
    if (type === callbackTypes.MESSAGE) checkMessage(data, walk, { mode: 'respond' });
    else if (type === callbackTypes.UPDATE) checkMessage(data, walk, { mode: 'edit' });
    else if (type === callbackTypes.DEFERRED_MESSAGE || type === callbackTypes.DEFERRED_UPDATE) {
      checkDeferral(data, walk);
    } else if (type === callbackTypes.AUTOCOMPLETE) checkChoices(data, walk);
    else if (type === callbackTypes.MODAL) checkModal(data, walk);
  });
  return undefined;
}

/** A deferral says only whether the answer will be ephemeral; everything else comes with the edit. */
function checkDeferral(data: MessageBody, walk: Walk): void {
  if ((data.flags ?? 0) & ~messageFlags.EPHEMERAL) {
    const text = 'Only EPHEMERAL can be set while an answer is deferred.';
    walk.report({ code: 'MESSAGE_FLAGS_INVALID', message: text }, 'flags');
  }
}

interface Choices {
  readonly choices?: readonly ({ readonly name: string; readonly value: string | number } | null)[] | null;
}

function checkChoices(data: Choices, walk: Walk): void {
  for (const [index, choice] of (data.choices ?? []).entries()) {
    if (typeof choice?.value === 'string' && choice.value.length > MAX_CHOICE_VALUE) {
      walk.report(tooLong(MAX_CHOICE_VALUE), 'choices', index, 'value');
    }
  }
}
