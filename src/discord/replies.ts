import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type RepliableInteraction,
} from 'discord.js';
import { acknowledge, acknowledged } from './acknowledge.ts';
import { retry } from './retry.ts';
import { UserError } from '../errors.ts';

/** A message as plain data, ready for Discord: cards are functions that return one. */
export interface Card {
  readonly content?: string;
  readonly embeds?: APIEmbed[];
  readonly components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly files?: {
    readonly name: string;
    readonly attachment: Buffer;
    /** What a picture shows, for those who do not see it. */
    readonly description?: string;
  }[];
  /** Whom the message may ping; nobody when absent (the client's default). Everyone only by way of the outbox. */
  readonly allowedMentions?: { readonly users?: string[]; readonly roles?: string[]; readonly everyone?: boolean };
}

/**
 * Answers the person who acted, and only them, whichever state the interaction is in: not answered yet, deferred as a
 * reply, deferred as an update of the message acted on (then the answer is a message of its own), or answered already.
 */
export async function answer(interaction: RepliableInteraction, card: Card): Promise<void> {
  await acknowledged(interaction);
  // discord.js sets `ephemeral` when a reply is deferred, and leaves it null when an update is.
  if (interaction.deferred && !interaction.replied && interaction.ephemeral !== null)
    await retry(() => interaction.editReply(card));
  else if (interaction.deferred || interaction.replied)
    await interaction.followUp({ ...card, flags: MessageFlags.Ephemeral });
  else {
    await acknowledge(interaction, {
      send: () => interaction.reply({ ...card, flags: MessageFlags.Ephemeral }),
      note: () => Object.assign(interaction, { replied: true, ephemeral: true }),
      leavesMessage: true,
    });
  }
}

/**
 * Changes the message whose button or menu was used, or from which the form was opened. What the new card does not
 * mention is taken away.
 */
export async function change(
  interaction: MessageComponentInteraction | ModalMessageModalSubmitInteraction,
  card: Card,
): Promise<void> {
  await acknowledged(interaction);
  if (interaction.deferred || interaction.replied) await retry(() => interaction.editReply(whole(card)));
  else {
    await acknowledge(interaction, {
      send: () => interaction.update(whole(card)),
      note: () => (interaction.replied = true),
      leavesMessage: true,
    });
  }
}

/** Changes what was answered already, for what takes long: how far it is, and what it came to. Defer before. */
export async function revise(interaction: RepliableInteraction, card: Card): Promise<void> {
  await acknowledged(interaction);
  await retry(() => interaction.editReply(whole(card)));
}

/** A card that takes away what it does not mention. */
function whole(card: Card) {
  return { content: '', embeds: [], components: [], attachments: [], ...card };
}

/**
 * Opens a form. Discord takes one as the very first answer only, so nothing slow may come before.
 * @throws UserError when the clock that defers was faster: the person is asked to try again.
 */
export async function openForm(
  interaction: ChatInputCommandInteraction | MessageComponentInteraction,
  form: APIModalInteractionResponseCallbackData,
): Promise<void> {
  await acknowledged(interaction);
  if (interaction.deferred || interaction.replied) throw new UserError((t) => t.common.formTooLate);
  await acknowledge(interaction, {
    send: () => interaction.showModal(form),
    note: () => (interaction.replied = true),
    leavesMessage: false,
  });
}

/** Acknowledges in time for work that takes long; what follows goes through `answer` or `change` as usual. */
export async function defer(interaction: RepliableInteraction): Promise<void> {
  await acknowledged(interaction);
  if (interaction.deferred || interaction.replied) return;
  await acknowledge(
    interaction,
    interaction.isMessageComponent()
      ? {
          send: () => interaction.deferUpdate(),
          note: () => (interaction.deferred = true),
          leavesMessage: true,
        }
      : {
          send: () => interaction.deferReply({ flags: MessageFlags.Ephemeral }),
          note: () => Object.assign(interaction, { deferred: true, ephemeral: true }),
          leavesMessage: true,
        },
  );
}
